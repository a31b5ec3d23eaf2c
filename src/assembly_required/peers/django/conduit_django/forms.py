from django import forms

MESSAGES = {
    "required": "can't be blank",
    "invalid": "is invalid",
    "null_characters_not_allowed": "is invalid",
    "min_length": "is too short (minimum is %(limit_value)d characters)",
    "max_length": "is too long (maximum is %(limit_value)d characters)",
}


class Textarea(forms.Textarea):
    """A text area that returns lines as the API does: browsers send CR LF."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        return value and value.replace("\r\n", "\n")


class MessagesMixin:
    """For forms with the messages of the contract."""

    # bent: each field has the messages of the contract
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.error_messages.update(MESSAGES)

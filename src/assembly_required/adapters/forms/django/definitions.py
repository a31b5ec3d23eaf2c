"""The forms, as classes of Django.

*In Django* the same, but with Django's messages. Here ``error_messages`` sets those of the contract by error code.

*Here* ``strip=False``, because the API does not trim texts either. A text of white space only still counts as empty.

*What it costs*: the messages are not translated, because the contract defines them.

*Next*: :mod:`assembly_required.adapters.validation`.
"""

from typing import Any

from django import forms
from django.core.validators import RegexValidator

from ....conduit import limits
from ....conduit.limits import BLANK, INVALID, is_tag, storable, too_long, too_short
from ....conduit.names import normalize_username


class Text(forms.CharField):
    """A text, with the messages of the contract.

    :param maximum: the maximum length in characters.
    :param minimum: the minimum length in characters.
    :param form: a regular expression that the whole text must match.
    :param attributes: more attributes of the input element.
    """

    def __init__(
        self,
        label: str,
        maximum: int,
        minimum: int | None = None,
        form: str | None = None,
        *,
        required: bool = True,
        widget: type[forms.Widget] = forms.TextInput,
        **attributes: Any,
    ) -> None:
        words = {"required": BLANK, "max_length": too_long(maximum), "null_characters_not_allowed": INVALID}
        super().__init__(
            label=label,
            max_length=maximum,
            min_length=minimum,
            required=required,
            strip=False,
            validators=[RegexValidator(form.removesuffix("$") + r"\Z", INVALID)] if form else [],
            error_messages={**words, "min_length": too_short(minimum or 0)},
            widget=widget(attrs=attributes),
        )

    def to_python(self, value: Any) -> str:
        text = super().to_python(value) or ""
        if text.strip() and not storable(text):
            raise forms.ValidationError(INVALID)
        return text if text.strip() else ""

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave out ``maxlength``, with which browsers cut off a long text silently."""
        return {}


class UsernameField(Text):
    """The name of an account. ``UsernameField`` of ``django.contrib.auth`` does the same."""

    def __init__(self) -> None:
        super().__init__("Username", limits.USERNAME, form=limits.USERNAME_FORM, autocomplete="username")

    def to_python(self, value: Any) -> str:
        return normalize_username(super().to_python(value))


class Tags(forms.MultipleChoiceField):
    """Any number of tags, each a hidden field of the same name."""

    widget = forms.MultipleHiddenInput

    def validate(self, value: list[str]) -> None:
        if len(value) > limits.TAGS or not all(map(is_tag, value)):
            raise forms.ValidationError(limits.TAGS_WRONG)


class Register(forms.Form):
    """Create an account."""

    username = UsernameField()
    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="email")
    password = Text(
        "Password", limits.PASSWORD, limits.PASSWORD_MIN, widget=forms.PasswordInput, autocomplete="new-password"
    )


class Login(forms.Form):
    """Sign in."""

    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="username")
    password = Text("Password", limits.PASSWORD, widget=forms.PasswordInput, autocomplete="current-password")
    remember = forms.BooleanField(label="Remember me on this device", required=False)


class PasswordReset(forms.Form):
    """Request a link to choose a new password."""

    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="username")


class NewPassword(forms.Form):
    """Choose a new password."""

    password = Text(
        "New password", limits.PASSWORD, limits.PASSWORD_MIN, widget=forms.PasswordInput, autocomplete="new-password"
    )


class Settings(forms.Form):
    """Change the account."""

    image = Text("Address of a picture", limits.IMAGE, required=False, inputmode="url", autocomplete="photo")
    username = UsernameField()
    bio = Text("About you", limits.BIO, form=limits.TEXT_FORM, required=False, widget=forms.Textarea, rows=5)
    email = Text("Email", limits.EMAIL, form=limits.EMAIL_FORM, widget=forms.EmailInput, autocomplete="email")
    password = Text(
        "New password, if you want one",
        limits.PASSWORD,
        limits.PASSWORD_MIN,
        required=False,
        widget=forms.PasswordInput,
        autocomplete="new-password",
    )


class Article(forms.Form):
    """Write or edit an article."""

    title = Text("Title", limits.TITLE, form=limits.LINE_FORM)
    description = Text("Description", limits.DESCRIPTION, form=limits.LINE_FORM)
    body = Text("Text", limits.BODY, form=limits.TEXT_FORM, widget=forms.Textarea, rows=14)
    tags = Tags(label="Tags", required=False)


class Comment(forms.Form):
    """Comment on an article."""

    body = Text(
        "Your comment",
        limits.COMMENT,
        form=limits.TEXT_FORM,
        widget=forms.Textarea,
        rows=3,
        placeholder="Write a comment...",
    )


FORMS: dict[str, type[forms.Form]] = {
    form.__name__: form for form in (Register, Login, PasswordReset, NewPassword, Settings, Article, Comment)
}

"""Serializer fields that convert nothing, with the messages of the contract."""

import re

from rest_framework import serializers

from accounts.models import User
from conduit_django.validators import validate_line

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that JSON can carry but PostgreSQL or UTF-8 cannot."""

BLANK = "can't be blank"
INVALID = "is invalid"


class TextField(serializers.CharField):
    """A text, exactly as it was sent."""

    # bent: REST framework trims texts, and accepts numbers as texts
    default_error_messages = {
        "required": BLANK,
        "null": BLANK,
        "blank": BLANK,
        "invalid": INVALID,
        "max_length": "is too long (maximum is {max_length} characters)",
        "min_length": "is too short (minimum is {min_length} characters)",
    }

    def __init__(self, **kwargs):
        super().__init__(trim_whitespace=False, **kwargs)

    def run_validation(self, data=serializers.empty):
        if isinstance(data, str) and not data.strip() and not self.allow_blank:
            self.fail("blank")
        return super().run_validation(data)

    def to_internal_value(self, data):
        if not isinstance(data, str) or UNSTORABLE.search(data):
            self.fail("invalid")
        return data


class EmailField(TextField, serializers.EmailField):
    """An email address in lower case."""

    default_error_messages = {"invalid": INVALID}

    def to_internal_value(self, data):
        return super().to_internal_value(data).lower()


class UsernameField(TextField):
    """A username, normalized as ``contrib.auth`` does it."""

    def to_internal_value(self, data):
        return User.normalize_username(super().to_internal_value(data))


class OptionalTextField(TextField):
    """A text that is ``null`` in JSON and empty in the database."""

    def __init__(self, **kwargs):
        super().__init__(**{**kwargs, "allow_blank": True, "allow_null": True})

    def run_validation(self, data=serializers.empty):
        return super().run_validation(data) or ""

    def to_representation(self, value):
        return value or None


class NumberField(serializers.IntegerField):
    """A whole number in a query string."""

    default_error_messages = {"invalid": INVALID, "min_value": INVALID, "max_value": INVALID}

    def to_internal_value(self, data):
        if not re.fullmatch("[0-9]{1,19}", data):
            self.fail("invalid")
        return super().to_internal_value(data)


class TagListField(serializers.ListField):
    child = TextField(max_length=50, validators=[validate_line])
    default_error_messages = {"null": BLANK, "not_a_list": INVALID, "max_length": INVALID}

    def __init__(self, **kwargs):
        super().__init__(max_length=20, **kwargs)

    def to_internal_value(self, data):
        try:
            return super().to_internal_value(data)
        except serializers.ValidationError:
            self.fail("not_a_list")  # bent: one message for the whole list

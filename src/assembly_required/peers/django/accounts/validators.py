"""Validators of usernames and passwords."""

import unicodedata

from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

FORBIDDEN_CATEGORIES = {"Cc", "Cf", "Zl", "Zp"}
FORBIDDEN_NAMES = {".", ".."}


def validate_username(value):
    """Refuse a username that is misleading, or that cannot be one segment of a URL's path."""
    if (
        "/" in value
        or value != value.strip()
        or value in FORBIDDEN_NAMES
        or any(unicodedata.category(character) in FORBIDDEN_CATEGORIES for character in value)
    ):
        raise ValidationError("is invalid", code="invalid")


class MinimumLengthValidator(password_validation.MinimumLengthValidator):
    """Django's validator, with the message of the contract."""

    def get_error_message(self):
        return f"is too short (minimum is {self.min_length} characters)"

    def validate(self, password, user=None):
        if len(password) < self.min_length:
            raise ValidationError(self.get_error_message(), code="password_too_short")


class MaximumLengthValidator:
    """Refuse passwords that are expensive to hash."""

    def __init__(self, max_length=1024):
        self.max_length = max_length

    def validate(self, password, user=None):
        if len(password) > self.max_length:
            raise ValidationError(f"is too long (maximum is {self.max_length} characters)", code="password_too_long")

    def get_help_text(self):
        return f"Your password can contain at most {self.max_length} characters."

"""Validators of text that several apps share."""

import unicodedata

from django.core.exceptions import ValidationError

WHITE_SPACE = "\t\r\n"


def validate_line(value):
    """Refuse control characters."""
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise ValidationError("is invalid", code="invalid")


def validate_text(value):
    """Refuse control characters other than tab, carriage return and line feed."""
    validate_line(value.translate(dict.fromkeys(map(ord, WHITE_SPACE))))

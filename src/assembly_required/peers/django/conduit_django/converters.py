from django.urls import register_converter
from django.urls.converters import StringConverter


class TextConverter(StringConverter):
    """One segment of a path that every database can compare: PostgreSQL refuses NUL."""

    regex = "[^/\x00]+"


class LongTextConverter(StringConverter):
    """The same, with slashes."""

    regex = "[^\x00]+"


register_converter(TextConverter, "text")
register_converter(LongTextConverter, "longtext")

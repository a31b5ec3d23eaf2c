from django.urls.converters import StringConverter


class TextConverter(StringConverter):
    """One segment of a path that every database can compare: PostgreSQL refuses NUL."""

    regex = "[^/\x00]+"

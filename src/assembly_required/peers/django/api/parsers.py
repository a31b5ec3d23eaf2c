import json

from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import JSONParser
from rest_framework.utils.json import strict_constant


class StrictJSONParser(JSONParser):
    """JSON in UTF-8 only."""

    # bent: REST framework's parser reads other encodings, and fails on deep nesting
    def parse(self, stream, media_type=None, parser_context=None):
        if (media_type or "").partition(";")[0].strip().lower() != self.media_type:
            raise UnsupportedMediaType(media_type)
        try:
            return json.loads(stream.read().decode(), parse_constant=strict_constant)
        except (ValueError, RecursionError):
            raise ParseError from None

"""JSON in and out: read the same way, and written the same way, on every stack.

*In Django* ``request.body`` is bytes, and REST framework's ``JSONParser`` reads them; FastAPI reads them too.

*Here* not through Flask's ``request.get_json``, for three reasons: it takes UTF-16 and UTF-32 for JSON, it takes
``NaN``, and its errors are HTML pages. Libraries that bring a loader of their own (webargs under flask-smorest) are
given this one.

*What it costs*: nothing measurable; the time goes into :func:`json.loads` either way.

*Next*: :mod:`assembly_required.web.api.exchange`.
"""

import json
from typing import Any

from flask import Request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import RequestEntityTooLarge

from ...conduit.errors import NotJSON, TooLarge, WrongContentType


class WireJSON(DefaultJSONProvider):
    """JSON as it goes out: keys in the order of the schema, characters as they are."""

    sort_keys = False
    ensure_ascii = False


def read_json(request: Request) -> dict[str, Any]:
    """The object that was sent; empty where no body was sent, or where it is JSON but no object.

    :raises WrongContentType: the body is declared as something else.
    :raises NotJSON: it is not JSON in UTF-8 (RFC 8259).
    :raises TooLarge: it is longer than ``MAX_CONTENT_LENGTH``.
    """
    if not request.content_type and not request.content_length:
        return {}
    if not request.is_json:
        raise WrongContentType
    try:
        body = json.loads(request.get_data(cache=False).decode("utf-8"), parse_constant=_refuse)
    except RequestEntityTooLarge:
        raise TooLarge from None
    except (ValueError, RecursionError):
        raise NotJSON from None
    return body if isinstance(body, dict) else {}


def _refuse(constant: str) -> None:
    """``NaN`` and ``Infinity`` are Python's, not JSON's."""
    raise ValueError(constant)

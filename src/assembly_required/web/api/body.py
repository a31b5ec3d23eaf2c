"""Read and write JSON in the same way on every stack.

Flask's ``request.get_json`` is not used: it accepts UTF-16, UTF-32 and ``NaN``, and its errors are HTML pages.
"""

import json
from typing import Any

from flask import Request
from flask.json.provider import DefaultJSONProvider
from werkzeug.exceptions import RequestEntityTooLarge

from ...conduit.errors import NotJSON, TooLarge, WrongContentType


class WireJSON(DefaultJSONProvider):
    """JSON for responses: keys in the order of the schema, no escaped characters."""

    sort_keys = False
    ensure_ascii = False


def read_json(request: Request) -> dict[str, Any]:
    """Return the object in the request body; empty if there is no body, or if it is not an object.

    :raises WrongContentType: the body is declared as something else.
    :raises NotJSON: it is not JSON in UTF-8 (RFC 8259).
    :raises TooLarge: it is longer than ``MAX_CONTENT_LENGTH``.
    """
    if not request.content_type and not request.content_length and "Transfer-Encoding" not in request.headers:
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
    """Refuse ``NaN`` and ``Infinity``, which are not JSON."""
    raise ValueError(constant)

"""What a WSGI application answers, as a whole.

Source: https://peps.python.org/pep-3333/
"""

from collections.abc import Callable
from typing import Any

from .mounting import WSGI

Header = tuple[str, str]

Answer = tuple[str, list[Header], bytes]
"""The status, such as ``200 OK``, the headers, and the body of a response."""


def collect(app: WSGI, environ: dict[str, Any]) -> Answer:
    """Let an application answer a request."""
    started: list[Any] = []
    written: list[bytes] = []

    def start_response(status: str, headers: list[Header], error: Any = None) -> Callable[[bytes], object]:
        started[:] = status, headers
        return written.append

    body = app(environ, start_response)
    try:
        written.extend(body)
    finally:
        if close := getattr(body, "close", None):
            close()
    status, headers = started
    return status, headers, b"".join(written)

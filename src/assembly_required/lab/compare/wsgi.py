"""Calling an app as a server does, without the server.

*In Django* ``django.test.Client`` and ``RequestFactory`` build a request and parse the response, which takes longer
than some of the answers.

*Here* the dictionary of a request is made beforehand, and the app is called with it: what is left to time is the app.

*What it costs*: nothing of HTTP itself is measured, neither parsing nor sockets. It imports the standard library
alone, so that a process which measures memory does not carry more than the app that it measures.

*Next*: :mod:`assembly_required.lab.differences`.
"""

import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import unquote, urlsplit

WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Prepared:
    """A request that can be sent again and again.

    :param url: path and query.
    :param token: the caller's, if there is one.
    :param body: JSON as bytes, or nothing.
    """

    def __init__(self, method: str, url: str, token: str | None = None, body: bytes = b"") -> None:
        parts = urlsplit(url)
        self._body = body
        self._environ = {
            "REQUEST_METHOD": method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote(parts.path, "latin-1"),
            "QUERY_STRING": parts.query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "localhost",
            "HTTP_ACCEPT": "application/json",
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": "http",
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        if token is not None:
            self._environ["HTTP_AUTHORIZATION"] = f"Token {token}"
        if body:
            self._environ |= {"CONTENT_TYPE": "application/json", "CONTENT_LENGTH": str(len(body))}

    def environ(self) -> dict[str, Any]:
        """A fresh dictionary, since apps write into theirs."""
        return {**self._environ, "wsgi.input": io.BytesIO(self._body)}


def call(app: WSGIApp, environ: dict[str, Any]) -> tuple[str, bytes]:
    """The status line and the body of the answer to one request."""
    status = ""

    def start_response(line: str, headers: list[tuple[str, str]], exc_info: Any = None) -> Callable[[bytes], object]:
        nonlocal status
        status = line
        return lambda data: None

    answer = app(environ, start_response)
    try:
        return status, b"".join(answer)
    finally:
        close = getattr(answer, "close", None)
        if close is not None:
            close()

"""Call a WSGI app without a server.

The request is prepared in advance, so that only the app is timed. The module imports only the standard library,
because it is also loaded in processes whose memory is measured.
"""

import io
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote, unquote, urlsplit

WSGIApp = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]


class Prepared:
    """A request that can be sent many times.

    :param url: the path and query.
    :param token: the token of the caller, if any.
    :param body: JSON as bytes, or empty.
    """

    def __init__(self, method: str, url: str, token: str | None = None, body: bytes = b"") -> None:
        parts = urlsplit(url)
        self.body = body
        self._environ: dict[str, Any] = {
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
        """Return a new WSGI environ, because apps modify it."""
        return {**self._environ, "wsgi.input": io.BytesIO(self.body)}

    def scope(self) -> dict[str, Any]:
        """Return a new ASGI scope of the same request."""
        path = self._environ["PATH_INFO"].encode("latin-1")
        headers = {"HTTP_HOST": b"host", "HTTP_ACCEPT": b"accept", "HTTP_AUTHORIZATION": b"authorization"}
        headers |= {"CONTENT_TYPE": b"content-type", "CONTENT_LENGTH": b"content-length"}
        return {
            "type": "http",
            "asgi": {"version": "3.0", "spec_version": "2.3"},
            "http_version": "1.1",
            "method": self._environ["REQUEST_METHOD"],
            "scheme": "http",
            "path": path.decode(),
            "raw_path": quote(path).encode(),
            "query_string": self._environ["QUERY_STRING"].encode(),
            "root_path": "",
            "headers": [(name, self._environ[key].encode()) for key, name in headers.items() if key in self._environ],
            "client": ("127.0.0.1", 50_000),
            "server": ("localhost", 80),
            "state": {},
        }


class WSGI:
    """A WSGI app."""

    def __init__(self, app: WSGIApp) -> None:
        self._app = app

    def send(self, requests: list[Prepared]) -> tuple[str, bytes]:
        """Send requests one after the other, and return the status line and the body of the last response."""
        answer = "", b""
        for request in requests:
            answer = call(self._app, request.environ())
        return answer


def call(app: WSGIApp, environ: dict[str, Any]) -> tuple[str, bytes]:
    """Call an app and return the status line and the body of the response."""
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

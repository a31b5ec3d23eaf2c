"""An HTTP client for the API. It checks each response against what its operation declares.

It sends requests to a URL or to a WSGI app in this process. It does not follow redirects or keep cookies.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPSConnection
from typing import Any
from urllib.parse import quote, urlsplit

from werkzeug.test import Client as WSGIClient

from ..conduit.operations import operations

JSON = "application/json"

DECLARED = [(operation, re.compile(re.sub(r"\{\w+\}", "[^/]+", operation.path))) for operation in operations]


@dataclass
class Answer:
    """A response.

    :param headers: with names in lower case.
    :param request: the request, for the message of a test that fails.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    request: str = ""

    @property
    def json(self) -> Any:
        """Decode the body. The content type has to be JSON."""
        if self.headers.get("content-type", "").partition(";")[0] != JSON:
            raise AssertionError(f"expected JSON\n{self.exchange()}")
        return json.loads(self.body)

    def exchange(self) -> str:
        """Format the request and the response for a message."""
        kind = self.headers.get("content-type", "no content type")
        return f"request: {self.request}\nanswer: {self.status} {kind} {self.body[:1000]!r}"


Send = Callable[[str, str, Mapping[str, str], bytes], Answer]


def over_http(base_url: str) -> Send:
    """Return a function that sends requests to a URL, each on a new connection."""
    base = urlsplit(base_url)
    connect = HTTPSConnection if base.scheme == "https" else HTTPConnection

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        connection = connect(base.hostname or "", base.port, timeout=30)
        try:
            connection.request(method, base.path.rstrip("/") + path, body or None, dict(headers))
            response = connection.getresponse()
            return Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read())
        finally:
            connection.close()

    return send


def in_process(app: Any) -> Send:
    """Return a function that sends requests to a WSGI app in this process."""

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        response = WSGIClient(app, use_cookies=False).open(path, method=method, headers=dict(headers), data=body)
        headers = {name.lower(): value for name, value in response.headers}
        return Answer(response.status_code, headers, response.get_data())

    return send


@dataclass(frozen=True)
class Client:
    """A caller of the API, with or without a token.

    :param send: the function that sends a request.
    :param token: the caller's token, or ``None``.
    """

    send: Send
    token: str | None = None

    def get(self, path: str, **query: Any) -> Answer:
        """Send a GET request. The keywords become the query string."""
        pairs = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
        return self.call("GET", f"{path}?{pairs}" if pairs else path)

    def post(self, path: str, value: Any = None) -> Answer:
        """Send a POST request with a JSON value or without a body."""
        return self.call("POST", path, value)

    def put(self, path: str, value: Any = None) -> Answer:
        """Send a PUT request with a JSON value or without a body."""
        return self.call("PUT", path, value)

    def delete(self, path: str) -> Answer:
        """Send a DELETE request."""
        return self.call("DELETE", path)

    def call(self, method: str, path: str, value: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """Send a request to a path below ``/api``. A ``value`` of bytes is sent unchanged, any other as JSON."""
        sent = {"Content-Type": JSON} if value is not None else {}
        if self.token is not None:
            sent["Authorization"] = f"Token {self.token}"
        body = value if isinstance(value, bytes) else b"" if value is None else json.dumps(value).encode()
        every = {**sent, **(headers or {})}
        answer = self.send(method, f"/api{path}", every, body)
        answer.request = f"{method} /api{path} {every} {body[:1000]!r}"
        check_declared(method, path.partition("?")[0], answer)
        return answer


def check_declared(method: str, path: str, answer: Answer) -> None:
    """Check that the operation declares the status, and that the response is JSON and sets no cookie."""
    require("set-cookie" not in answer.headers, "the API must not set a cookie", answer)
    for operation, pattern in DECLARED:
        if operation.method == method and pattern.fullmatch(path):
            require(answer.status in operation.statuses, f"{operation.id} does not declare {answer.status}", answer)
            if answer.status == 204:
                require(answer.body == b"", "a response with the status 204 must not have a body", answer)
            else:
                require(answer.json is not None, "a response must have a JSON value", answer)
            return


def require(condition: bool, message: str, answer: Answer) -> None:
    """Fail the test unless the condition is true. The message shows the request and the response."""
    if not condition:
        raise AssertionError(f"{message}\n{answer.exchange()}")

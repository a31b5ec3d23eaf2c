"""A client for the API that checks each answer against what its operation declares.

It reaches the server through a socket, or a WSGI app in this process. It follows no redirect and keeps no cookie.
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
    """What came back.

    :param headers: names in lower case.
    :param request: the request that was answered, for the message of a case that fails.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes
    request: str = ""

    @property
    def json(self) -> Any:
        """The body as JSON values; it has to say that it is JSON."""
        if self.headers.get("content-type", "").partition(";")[0] != JSON:
            raise AssertionError(f"expected JSON\n{self.exchange()}")
        return json.loads(self.body)

    def exchange(self) -> str:
        """The request and this answer, for a message."""
        kind = self.headers.get("content-type", "no content type")
        return f"request: {self.request}\nanswer: {self.status} {kind} {self.body[:1000]!r}"


Send = Callable[[str, str, Mapping[str, str], bytes], Answer]


def over_http(base_url: str) -> Send:
    """Reach a server at a URL, one connection for each request."""
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
    """Reach a WSGI app in this process."""

    def send(method: str, path: str, headers: Mapping[str, str], body: bytes) -> Answer:
        response = WSGIClient(app, use_cookies=False).open(path, method=method, headers=dict(headers), data=body)
        found = {name.lower(): value for name, value in response.headers}
        return Answer(response.status_code, found, response.get_data())

    return send


@dataclass(frozen=True)
class Client:
    """Somebody who calls the API, with a token or without.

    :param send: the way to the server.
    :param token: his token, if he has one.
    """

    send: Send
    token: str | None = None

    def get(self, path: str, **query: Any) -> Answer:
        """GET, with a query string made of the keywords."""
        pairs = "&".join(f"{name}={quote(str(value), safe='')}" for name, value in query.items())
        return self.call("GET", f"{path}?{pairs}" if pairs else path)

    def post(self, path: str, value: Any = None) -> Answer:
        """POST a JSON value, or nothing."""
        return self.call("POST", path, value)

    def put(self, path: str, value: Any = None) -> Answer:
        """PUT a JSON value, or nothing."""
        return self.call("PUT", path, value)

    def delete(self, path: str) -> Answer:
        """DELETE."""
        return self.call("DELETE", path)

    def call(self, method: str, path: str, value: Any = None, headers: Mapping[str, str] | None = None) -> Answer:
        """One request below ``/api``; ``value`` is JSON values, or bytes that are sent as they are."""
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
    """Hold an answer to what its operation declares: its status, its content type, no cookie."""
    require("set-cookie" not in answer.headers, "the API sets no cookie", answer)
    for operation, pattern in DECLARED:
        if operation.method == method and pattern.fullmatch(path):
            require(answer.status in operation.statuses, f"{operation.id} does not declare {answer.status}", answer)
            if answer.status == 204:
                require(answer.body == b"", "an answer with the status 204 has no body", answer)
            else:
                require(answer.json is not None, "an answer has a JSON value", answer)
            return


def require(condition: bool, message: str, answer: Answer) -> None:
    """Fail the case, and show the request and the answer, unless a condition is met."""
    if not condition:
        raise AssertionError(f"{message}\n{answer.exchange()}")

"""A client for the API that looks over the server's shoulder.

*In Django* ``django.test.Client`` or REST framework's ``APIClient``.

*Here* the same few verbs over two ways to reach the server, a socket or a WSGI app in this process. It follows no
redirect and keeps no cookie.

*What it costs*: about 80 lines; a third-party client would hide the bytes that some cases are about.

*Next*: :mod:`assembly_required.contract.databases`.
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
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON values; it has to say that it is JSON."""
        assert self.headers["content-type"].partition(";")[0] == JSON
        return json.loads(self.body)


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
        answer = self.send(method, f"/api{path}", {**sent, **(headers or {})}, body)
        check_declared(method, path.partition("?")[0], answer)
        return answer


def check_declared(method: str, path: str, answer: Answer) -> None:
    """Hold an answer to what its operation declares: its status, its content type, no cookie."""
    assert "set-cookie" not in answer.headers, "the API sets no cookie"
    for operation, pattern in DECLARED:
        if operation.method == method and pattern.fullmatch(path):
            assert answer.status in operation.statuses, f"{operation.id} does not declare {answer.status}"
            if answer.status == 204:
                assert answer.body == b""
            else:
                assert answer.json is not None
            return

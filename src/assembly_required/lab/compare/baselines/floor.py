"""No framework: a WSGI function, SQL, and the standard library's ``json``.

It shows the time that the database and JSON take by themselves.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

from itsdangerous import BadSignature, URLSafeTimedSerializer

from . import queries, signer

ONE_MONTH = 30 * 24 * 60 * 60
STATUSES = {200: "200 OK", 201: "201 CREATED", 401: "401 UNAUTHORIZED", 404: "404 NOT FOUND"}

Answer = tuple[int, Any]


class Floor:
    """The app.

    :param connection: returns the connection of this thread.
    :param signed: checks tokens.
    """

    def __init__(self, connection: Callable[[], sqlite3.Connection], signed: URLSafeTimedSerializer) -> None:
        self._connection, self._signed = connection, signed

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        status, value = self._answer(environ)
        body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()
        headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
        start_response(STATUSES[status], headers)
        return [body]

    def _answer(self, environ: dict[str, Any]) -> Answer:
        path, db = environ["PATH_INFO"].encode("latin-1").decode(), self._connection()
        user = self._user(db, environ)
        if path == "/api/articles":
            return self._list(db, user, environ["QUERY_STRING"])
        if path == "/api/tags":
            return 200, {"tags": queries.tags(db)}
        if path == "/api/user":
            return self._current(user, environ)
        if path.endswith("/comments"):
            return self._comment(db, user, path, environ)
        found = queries.article(db, user["id"] if user else None, path.removeprefix("/api/articles/"))
        return (200, {"article": found[1]}) if found else (404, {})

    def _user(self, db: sqlite3.Connection, environ: dict[str, Any]) -> dict[str, Any] | None:
        sent = environ.get("HTTP_AUTHORIZATION")
        if sent is None:
            return None
        try:
            return queries.user(db, *self._signed.loads(sent.removeprefix("Token "), max_age=ONE_MONTH))
        except BadSignature:
            return None

    def _list(self, db: sqlite3.Connection, user: dict[str, Any] | None, query: str) -> Answer:
        asked = {name: values[0] for name, values in parse_qs(query).items()}
        limit, offset = int(asked.get("limit", 20)), int(asked.get("offset", 0))
        return 200, queries.articles(db, user["id"] if user else None, asked.get("tag"), limit, offset)

    def _current(self, user: dict[str, Any] | None, environ: dict[str, Any]) -> Answer:
        if user is None:
            return 401, {}
        user.pop("id")
        return 200, {"user": {**user, "token": environ["HTTP_AUTHORIZATION"].removeprefix("Token ")}}

    def _comment(
        self, db: sqlite3.Connection, user: dict[str, Any] | None, path: str, environ: dict[str, Any]
    ) -> Answer:
        if user is None:
            return 401, {}
        found = queries.article(db, user["id"], path.split("/")[3])
        if found is None:
            return 404, {}
        sent = json.loads(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"])))
        return 201, {"comment": queries.add_comment(db, user["id"], found[0], sent["comment"]["body"])}


def build(database: Path, secret_key: str) -> Floor:
    """Build the app."""
    return Floor(queries.connections(database), signer(secret_key))

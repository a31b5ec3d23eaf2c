"""A database that fails in the middle of a request: the answer is 503 in the usual form, and what follows works."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from tests.slots.orm.test_connections import LOSE, on_postgresql


class Cut:
    """Ends all connections of a database after the statement with a given number.

    :param url: the database.
    """

    def __init__(self, url: str) -> None:
        self._url = url
        self._execute = psycopg.Cursor.execute
        self.left = 0

    def execute(self, cursor: psycopg.Cursor, *arguments: Any, **options: Any) -> Any:
        result = self._execute(cursor, *arguments, **options)
        self.left -= 1
        if self.left == 0:
            with psycopg.connect(self._url, autocommit=True) as connection:
                self._execute(connection.cursor(), LOSE)
        return result


@pytest.fixture
def cut(place: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> Cut:
    """Must come before ``app`` in the arguments of a test."""
    cut = Cut(place["DATABASE_URL"])
    monkeypatch.setattr(psycopg.Cursor, "execute", lambda *given, **options: cut.execute(*given, **options))
    return cut


@on_postgresql
def test_a_connection_that_is_lost_between_two_statements(cut: Cut, app: Flask) -> None:
    author = People(Client(in_process(app))).new()
    article = {"article": {"title": "T", "description": "D", "body": "B", "tagList": ["a"]}}
    slug = author.call("POST", "/articles", article).json["article"]["slug"]
    client, headers = app.test_client(), {"Authorization": f"Token {author.token}"}
    requests: list[Callable[[], Any]] = [
        lambda: client.get("/api/articles", headers=headers),
        lambda: client.post("/api/articles", json=article, headers=headers),
        lambda: client.put(f"/api/articles/{slug}", json=article, headers=headers),
        lambda: client.get(f"/article/{slug}"),
    ]
    for request in requests:
        failed = 0
        for number in range(1, 30):
            cut.left = number
            answer = request()
            assert answer.status_code in (200, 201, 503), answer.text
            if answer.status_code == 503:
                failed += 1
                assert answer.headers["Retry-After"]
                assert answer.mimetype == ("application/json" if answer.request.path.startswith("/api") else "text/html")
            if cut.left > 0:
                cut.left = 0
                break
            assert request().status_code in (200, 201)
        assert failed
        assert number < 29

"""A database that fails in the middle of a request: the answer is 503 in the usual form, and what follows works."""

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import psycopg
import pytest
from flask import Flask
from werkzeug.test import TestResponse

from assembly_required.conduit.interfaces import Store
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.databases import disconnect
from assembly_required.contract.people import People
from assembly_required.factory import create_app
from assembly_required.lab.sandbox import CHEAP
from assembly_required.web.errors import log_teardown_errors
from tests.conftest import ROOT, MakeApp
from tests.slots.orm.losing import LOSE, on_postgresql
from tests.slots.orm.reading import Visitor, expect_reading_only


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
def test_a_connection_that_is_lost_between_two_statements(cut: Cut, app: Flask, store: Store) -> None:
    author = People(Client(in_process(app))).new()
    client, headers = app.test_client(), {"Authorization": f"Token {author.token}"}
    article = {"article": {"description": "D", "body": "B", "tagList": ["a"]}}
    slug = author.publish()["slug"]
    requests: list[Callable[[], TestResponse]] = [
        lambda: client.put(f"/api/articles/{slug}", json=article, headers=headers),
        lambda: client.get("/"),
    ]
    for request in requests:
        statuses: list[int] = []
        fired = True
        while fired:
            with app.app_context():
                store.disconnect()  # otherwise a pool waits for a second before it opens a connection again
            cut.left = len(statuses) + 1
            answer = request()
            fired, cut.left = cut.left <= 0, 0
            statuses.append(answer.status_code)
            if answer.status_code == 503:
                assert answer.headers["Retry-After"]
                assert answer.mimetype == (
                    "application/json" if answer.request.path.startswith("/api") else "text/html"
                )
            assert request().status_code == 200
        assert set(statuses) == {200, 503}


@on_postgresql
def test_a_database_that_is_a_read_only_copy(orm: str, place: dict[str, Any], make_app: MakeApp) -> None:
    app = make_app(STACK_ORM=orm, **place)
    visitor = Visitor.of(app, People(Client(in_process(app))))
    options = quote("-c default_transaction_read_only=on")
    url = place["DATABASE_URL"].partition("?")[0] + f"?options={options}"
    copy = create_app({**CHEAP, "INSTANCE_PATH": app.instance_path, "STACK_ORM": orm, "DATABASE_URL": url}, root=ROOT)
    expect_reading_only(copy, visitor)
    disconnect(copy)


@pytest.mark.parametrize("orm", ["plain"])
def test_an_error_at_the_end_of_a_request(orm: str, make_app: MakeApp, caplog: pytest.LogCaptureFixture) -> None:
    """It is logged, the other functions run, and the response stays."""
    ran = []

    def fail(error: BaseException | None) -> None:
        ran.append(True)
        raise ZeroDivisionError

    app = make_app(STACK_ORM=orm)
    for register in (app.teardown_request, app.teardown_appcontext, app.teardown_appcontext):
        register(fail)
    log_teardown_errors(app)
    assert app.test_client().get("/api/tags").status_code == 200
    assert len(ran) == 3
    assert caplog.text.count("An error at the end of a request") == 3

"""Connections are always returned to the pool, and replaced when they are lost."""

import gc
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import text

from assembly_required.conduit import model
from assembly_required.conduit.errors import Refusal
from assembly_required.conduit.interfaces import Store
from assembly_required.contract.databases import POOL, Databases
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.slots.orm.conftest import by_hand
from tests.slots.orm.losing import LOSE, THEIRS, on_postgresql

OTHERS = f"SELECT count(*) {THEIRS}"


def test_they_are_given_back_after_errors(app: Flask, store: Store) -> None:
    with app.app_context():
        store.add_user("ana", "ana@x.de", "x")
    for _ in range(3 * POOL):
        with suppress(Exception), app.app_context():
            store.add_user("ana", "other@x.de", "x")
        with suppress(Exception), app.app_context():
            store.add_user("", "nobody@x.de", "x")
        with suppress(ZeroDivisionError), app.app_context():
            store.user(1)
            raise ZeroDivisionError
    with app.app_context():
        assert store.articles(None, None, None, None, 20, 0) == ([], 0)
        assert store.add_user("bob", "bob@x.de", "x").username == "bob"


def test_what_follows_a_refusal_in_the_same_request_works(app: Flask, store: Store) -> None:
    with app.app_context():
        store.add_user("ana", "ana@x.de", "x")
        for _ in range(2):
            with pytest.raises(Refusal):
                store.add_user("ana", "ana@x.de", "x")
            assert store.find_account("ana@x.de")
        assert store.add_user("bob", "bob@x.de", "x").id


@pytest.mark.parametrize("database", ["sqlite"])
def test_a_refusal_leaves_no_cursor_to_the_garbage_collector(app: Flask, store: Store) -> None:
    """Otherwise any thread could close the cursor later and wait for its connection: see ``dberrors.meaning``."""
    with app.app_context():
        user = store.add_user("ana", "ana@x.de", "x")
        article = store.publish(user, "slug", "T", "D", "B", ["t"], model.now())
        gone = store.publish(user, "gone", "T", "D", "B", [], model.now())
        store.remove(gone)
    acts: list[Callable[[], Any]] = [
        lambda: store.add_user("ana", "ana@x.de", "x"),
        lambda: store.publish(user, "slug", "T", "D", "B", ["t"], model.now()),
        lambda: store.edit(user, gone, {"tag_list": ["t"], "updated_at": model.now()}),
        lambda: store.add_comment(user, gone, "B", model.now()),
        lambda: store.favorite(user, article),
        lambda: store.articles(user, "t", "ana", "ana", 20, 0),
    ]
    gc.collect()
    gc.disable()
    try:
        before = cursors()
        for act in acts:
            with app.app_context(), suppress(Refusal):
                act()
        assert cursors() == before
    finally:
        gc.enable()


def cursors() -> int:
    # By type: isinstance would ask Django's lazy objects for their class, and so make what they stand for.
    return sum(issubclass(type(each), sqlite3.Cursor) for each in gc.get_objects())


def test_more_threads_than_connections(app: Flask, store: Store) -> None:
    with app.app_context():
        store.add_user("ana", "ana@x.de", "x")
    client = app.test_client
    with ThreadPoolExecutor(4 * POOL) as pool:
        statuses = list(pool.map(lambda _: client().get("/api/profiles/ana").status_code, range(100)))
    assert statuses == [200] * 100


@on_postgresql
def test_a_process_keeps_no_more_than_it_may(app: Flask) -> None:
    with ThreadPoolExecutor(4 * POOL) as pool:
        list(pool.map(lambda _: app.test_client().get("/api/tags"), range(100)))
    with by_hand(app) as connection:
        assert 1 <= (connection.scalar(text(OTHERS)) or 0) <= POOL


@on_postgresql
def test_a_lost_connection_is_replaced_and_nobody_notices(app: Flask) -> None:
    client = app.test_client()
    for _ in range(3):
        assert client.get("/api/tags").status_code == 200
        with by_hand(app) as connection:
            connection.execute(text(LOSE))
            assert client.get("/api/articles").status_code == 200
            assert client.post("/api/users", json={"user": {}}).status_code == 422


@on_postgresql
def test_one_that_is_lost_during_a_request_is_not_kept(app: Flask, store: Store) -> None:
    with suppress(Exception), app.app_context(), by_hand(app) as connection:
        store.user(1)
        connection.execute(text(LOSE))
        store.user(1)
    assert app.test_client().get("/api/articles").status_code == 200


@on_postgresql
def test_all_are_closed_when_that_is_asked_for(app: Flask, store: Store) -> None:
    app.test_client().get("/api/tags")
    for _ in range(2):
        with app.app_context():
            store.disconnect()
        with by_hand(app) as connection:
            assert connection.scalar(text(OTHERS)) == 0
        assert app.test_client().get("/api/tags").status_code == 200


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_a_server_that_is_not_there_is_said(
    orm: str,
    make_app: MakeApp,
    tmp_path: Path,
    pytestconfig: pytest.Config,
    postgresql: object,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    databases = Databases(pytestconfig.getoption("--postgresql"))
    with databases.use() as url:
        app = make_app(tmp_path, STACK_ORM=orm, DATABASE_URL=url)
        assert app.test_client().get("/api/tags").status_code == 200
    with app.app_context():
        assembled(app).store.disconnect()
    databases.drop()
    monkeypatch.setattr("psycopg_pool.ConnectionPool.getconn", unreachable)  # else it retries for seconds
    for path, in_words, message in (
        ("/api/articles", "application/json", "not available"),
        ("/", "text/html", "The server cannot do that at the moment. Try again in a few seconds."),
    ):
        answer = app.test_client().get(path)
        assert (answer.status_code, answer.headers["Retry-After"], answer.mimetype) == (503, "5", in_words)
        assert message in answer.text


def unreachable(*arguments: Any, **options: Any) -> None:
    raise psycopg.OperationalError("connection refused")


def test_two_apps_on_two_databases(make_app: MakeApp, orm: str, place: dict[str, Any]) -> None:
    one, other = make_app(STACK_ORM=orm, **place), make_app(STACK_ORM=orm)
    with one.app_context():
        assembled(one).store.add_user("one", "one@x.de", "x")
        with other.app_context():
            assert assembled(other).store.profile("one", None) is None
            assembled(other).store.add_user("other", "other@x.de", "x")
        assert assembled(one).store.profile("other", None) is None

    def look(number: int) -> list[int]:
        app, name = ((one, "one"), (other, "other"))[number % 2]
        names = (name, {"one": "other", "other": "one"}[name])
        return [app.test_client().get(f"/api/profiles/{each}").status_code for each in names]

    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(look, range(40))) == [[200, 404]] * 40

"""Details of ``orm = peewee``: one set of models for all apps, the pool, and the statements of a list."""

import logging
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from peewee import SqliteDatabase
from sqlalchemy import text

from assembly_required.adapters.orm.peewee.models import Base, User, database
from assembly_required.conduit import model
from assembly_required.conduit.interfaces import Store
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp
from tests.slots.orm.conftest import by_hand


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(STACK_ORM="peewee")


@pytest.fixture
def store(app: Flask) -> Store:
    return assembled(app).store


def shape(connection: sqlite3.Connection, table: str) -> dict[str, Any]:
    """Return the columns, keys and indexes of a table, without the names of constraints."""
    columns = connection.execute(f"SELECT name, type, \"notnull\", pk FROM pragma_table_info('{table}')")  # noqa: S608
    keys = connection.execute(f"PRAGMA foreign_key_list({table})")
    indexes = connection.execute(f"PRAGMA index_list({table})").fetchall()
    return {
        "columns": {name: rest for name, *rest in columns},
        "keys": {key[2:7] for key in keys},
        "indexes": {
            (unique, tuple(column for _, _, column in connection.execute(f"PRAGMA index_info({name})")))
            for _, name, unique, *_ in indexes
        },
    }


def test_the_schema_is_what_the_models_say(app: Flask, tmp_path: Path) -> None:
    models, told = Base.__subclasses__(), SqliteDatabase(str(tmp_path / "told"))
    with told.bind_ctx(models), told.connection_context():
        told.create_tables(models)
    location = app.config["DATABASE"].location
    with closing(sqlite3.connect(location)) as there, closing(sqlite3.connect(tmp_path / "told")) as by_models:
        for each in models:
            table = each._meta.table_name
            assert shape(by_models, table) == shape(there, table), table


def test_a_connection_comes_back_and_another_thread_takes_it(app: Flask) -> None:
    def taken() -> int:
        with app.app_context():
            return id(database.connection())

    with ThreadPoolExecutor(1) as other:
        assert taken() == other.submit(taken).result() == taken()


def test_what_was_left_open_is_undone(app: Flask, store: Store) -> None:
    def break_off() -> None:
        with app.app_context():
            database.begin()
            User.create(username="ana", email="ana@x.de", password_hash="x")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        break_off()
    with app.app_context():
        assert store.profile("ana", None) is None
        store.add_user("ana", "ana@x.de", "x")


def publish(store: Store, user: model.User, *slugs: str, tags: list[str]) -> None:
    for slug in slugs:
        store.publish(user, slug, "T", "D", "B", tags, model.now())


def test_no_query_returns_the_rows_of_an_earlier_call(app: Flask, store: Store) -> None:
    """A peewee query keeps its rows, so none may be shared between calls."""
    with app.app_context():
        assert store.tags() == []
        publish(store, store.add_user("ana", "ana@x.de", "x"), "slug", tags=["a"])
        assert store.tags() == ["a"]


@pytest.mark.parametrize("tags", [["a", "b"], []], ids=["tagged", "untagged"])
def test_the_number_of_statements_does_not_grow_with_the_page(
    app: Flask, store: Store, caplog: pytest.LogCaptureFixture, tags: list[str]
) -> None:
    with app.app_context():
        user = store.add_user("ana", "ana@x.de", "x")
        publish(store, user, *(f"s{number}" for number in range(30)), tags=tags)
        caplog.set_level(logging.DEBUG, "peewee")
        counts = []
        for limit in (1, 30):
            caplog.clear()
            assert len(store.articles(user, None, None, None, limit, 0)[0]) == limit
            counts.append(len(caplog.messages))
            assert not [message for message in caplog.messages if "body" in message]
    assert counts == ([3, 3] if tags else [4, 4])


def test_an_article_that_is_deleted_before_its_tags_are_read_is_left_out(app: Flask, store: Store) -> None:
    with app.app_context(), by_hand(app) as connection:
        user = store.add_user("ana", "ana@x.de", "x")
        publish(store, user, "gone", "tagged", tags=["a"])
        publish(store, user, "untagged", tags=[])

        def delete_before_tags_are_read(record: logging.LogRecord) -> bool:
            if 'FROM "article_tags"' in record.getMessage():
                connection.execute(text("DELETE FROM articles WHERE slug = 'gone'"))
            return False

        with statements_pass(delete_before_tags_are_read):
            articles, _ = store.articles(user, None, None, None, 20, 0)
    assert [(article.slug, article.tag_list) for article in articles] == [("untagged", []), ("tagged", ["a"])]


@contextmanager
def statements_pass(check: Callable[[logging.LogRecord], bool]) -> Iterator[None]:
    """Call a function with each statement before it is executed. peewee logs it then."""
    logger = logging.getLogger("peewee")
    level = logger.level
    logger.addFilter(check)
    logger.setLevel(logging.DEBUG)
    try:
        yield
    finally:
        logger.setLevel(level)
        logger.removeFilter(check)

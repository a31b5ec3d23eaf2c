"""Details of ``orm = peewee``: one set of models for all apps, the pool, and queries that cache their rows."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from peewee import SqliteDatabase

from assembly_required.adapters.orm.peewee.models import Base, User, database
from assembly_required.conduit import model
from assembly_required.conduit.interfaces import Store
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp


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
    models, told = Base.__subclasses__(), SqliteDatabase(tmp_path / "told")
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


def test_no_query_is_answered_with_the_rows_of_the_last_time(app: Flask, store: Store) -> None:
    with app.app_context():
        assert store.tags() == []
        user = store.add_user("ana", "ana@x.de", "x")
        store.publish(user, "slug", "T", "D", "B", ["a"], model.now())
        assert store.tags() == ["a"]

"""Each test of this folder runs on every option of ``orm``."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import pytest
from flask import Flask

from assembly_required.assembly import assembled
from assembly_required.slots import SLOTS
from tests.conftest import MakeApp


@pytest.fixture(params=SLOTS["orm"].names)
def orm(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


class Statements:
    """Notes every statement that SQLite carries out on connections opened meanwhile."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    @contextmanager
    def noted(self) -> Iterator[list[str]]:
        self.sent.clear()
        yield self.sent


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Has to stand before ``app`` in a test's arguments."""
    statements, connect = Statements(), sqlite3.dbapi2.connect

    def connect_and_note(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(statements.sent.append)
        return connection

    monkeypatch.setattr(sqlite3, "connect", connect_and_note)
    monkeypatch.setattr(sqlite3.dbapi2, "connect", connect_and_note)
    return statements


@pytest.fixture
def app(orm: str, make_app: MakeApp) -> Flask:
    return make_app(STACK_ORM=orm)


@contextmanager
def by_hand(app: Flask) -> Iterator[sqlite3.Connection]:
    """A connection beside the app's, to look at what is stored."""
    database = assembled(app).settings.database.location
    with closing(sqlite3.connect(database, isolation_level=None)) as connection:
        connection.execute("PRAGMA foreign_keys = ON")
        yield connection

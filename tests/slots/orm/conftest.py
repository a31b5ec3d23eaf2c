"""Run each test of this folder on every option of ``orm``, with SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from flask import Flask
from sqlalchemy import URL, Connection, NullPool, create_engine, event, make_url

from assembly_required.conduit.interfaces import Store
from assembly_required.contract.databases import POOL
from assembly_required.stack.assembly import assembled
from assembly_required.stack.settings import Database
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp

DATABASES = ("sqlite", "postgresql")


@pytest.fixture(params=SLOTS["orm"].names)
def orm(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


@pytest.fixture(params=DATABASES)
def database(request: pytest.FixtureRequest) -> str:
    name: str = request.param
    return name


class Statements:
    """Record every statement on connections opened from now on, from any library."""

    def __init__(self) -> None:
        self.sent: list[str] = []

    @contextmanager
    def noted(self) -> Iterator[list[str]]:
        self.sent.clear()
        yield self.sent


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> Statements:
    """Must come before ``app`` in the arguments of a test."""
    statements = Statements()
    for connect in (sqlite3.dbapi2, sqlite3):
        monkeypatch.setattr(connect, "connect", noting(sqlite3.connect, statements.sent))
    for method in ("execute", "executemany"):
        monkeypatch.setattr(psycopg.Cursor, method, sending(getattr(psycopg.Cursor, method), statements.sent))
    return statements


def noting(connect: Callable[..., sqlite3.Connection], sent: list[str]) -> Callable[..., sqlite3.Connection]:
    def connect_and_note(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection = connect(*arguments, **options)
        connection.set_trace_callback(sent.append)
        return connection

    return connect_and_note


def sending(send: Callable[..., Any], sent: list[str]) -> Callable[..., Any]:
    def note_and_send(cursor: psycopg.Cursor, statement: Any, *arguments: Any, **options: Any) -> Any:
        sent.append(statement if isinstance(statement, str) else str(statement))
        return send(cursor, statement, *arguments, **options)

    return note_and_send


@pytest.fixture
def place(database: str, postgresql: Callable[[], Any]) -> Iterator[dict[str, Any]]:
    """The config keys of a database that several apps share. With SQLite it is in their instance folder."""
    if database == "sqlite":
        yield {}
    else:
        with postgresql() as url:
            yield {"DATABASE_URL": url, "DATABASE_POOL": POOL}


@pytest.fixture
def app(orm: str, place: dict[str, Any], make_app: MakeApp) -> Flask:
    return make_app(STACK_ORM=orm, **place)


@pytest.fixture
def store(app: Flask) -> Store:
    return assembled(app).store


def url_of(database: Database) -> URL:
    """The URL for SQLAlchemy, with which tests read the database independently of the tested ORM."""
    if database.dialect == "sqlite":
        return URL.create("sqlite", database=database.location)
    return make_url(database.location).set(drivername="postgresql+psycopg")


@contextmanager
def by_hand(app: Flask) -> Iterator[Connection]:
    """A separate connection to read what is stored. Each statement is a transaction."""
    engine = create_engine(url_of(app.config["DATABASE"]), poolclass=NullPool, isolation_level="AUTOCOMMIT")
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", lambda connection, record: connection.execute("PRAGMA foreign_keys = ON"))
    with engine.connect() as connection:
        yield connection

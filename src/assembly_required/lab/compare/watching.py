"""Give the functions in C that matter frames of Python, so that samples of the stack show them, and list statements.

A sample shows only functions in Python. Time inside SQLite or msgspec would be counted for their caller. Here each of
their functions is wrapped in one that does nothing but call it; a sample inside has this module as its last frame.
The same wrappers see every statement, whichever library sends it.
"""

import sqlite3
from collections.abc import Callable
from functools import cache, wraps
from importlib import import_module
from importlib.util import find_spec
from typing import Any

SEEN: list[str] = []
"""The statements that were sent."""

SERIALIZERS = {"msgspec": ("convert", "to_builtins"), "msgspec.json": ("encode", "decode")}
"""Functions in C that validate and serialize, by their module."""


class Cursor(sqlite3.Cursor):
    """A cursor whose methods have frames of their own."""

    def execute(self, sql: str, *values: Any) -> "Cursor":
        SEEN.append(sql)
        return super().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> "Cursor":
        SEEN.append(sql)
        return super().executemany(sql, *values)

    def fetchone(self) -> Any:
        return super().fetchone()

    def fetchmany(self, size: int | None = None) -> list[Any]:
        return super().fetchmany(self.arraysize if size is None else size)

    def fetchall(self) -> list[Any]:
        return super().fetchall()

    def __next__(self) -> Any:
        return super().__next__()


class Connection(sqlite3.Connection):
    """A connection whose cursors are watched."""

    def cursor(self, factory: Any = sqlite3.Cursor) -> Any:
        return super().cursor(combine(factory, Cursor))

    def execute(self, sql: str, *values: Any) -> Any:
        return self.cursor().execute(sql, *values)

    def executemany(self, sql: str, *values: Any) -> Any:
        return self.cursor().executemany(sql, *values)

    def commit(self) -> None:
        super().commit()

    def rollback(self) -> None:
        super().rollback()


@cache
def combine(factory: type, watched: type) -> type:
    """Put a watched class between a library's own class and that of sqlite3."""
    return type(factory.__name__, (factory, watched), {}) if factory not in watched.__mro__ else watched


def watch() -> None:
    """Wrap the functions. Call it before the candidate is imported."""
    connect = sqlite3.connect

    @wraps(connect)
    def connect_watched(*arguments: Any, **options: Any) -> sqlite3.Connection:
        factory = combine(options.pop("factory", sqlite3.Connection), Connection)
        return connect(*arguments, factory=factory, **options)

    # Most libraries take it from `sqlite3.dbapi2`, from which `sqlite3` imports it.
    sqlite3.connect = sqlite3.dbapi2.connect = connect_watched  # type: ignore[assignment]
    watch_psycopg()
    stay_in_thread()
    for name, functions in SERIALIZERS.items():
        if find_spec(name.partition(".")[0]):
            module = import_module(name)
            for function in functions:
                setattr(module, function, wrap(getattr(module, function)))


def watch_psycopg() -> None:
    """List the statements of psycopg. It is written in Python, so it has frames."""
    if not find_spec("psycopg"):
        return
    psycopg = import_module("psycopg")
    for cursor in (psycopg.Cursor, psycopg.AsyncCursor):
        for method in ("execute", "executemany"):
            setattr(cursor, method, wrap_method(getattr(cursor, method)))


def stay_in_thread() -> None:
    """Let FastAPI run functions without ``async`` in the main thread, because samples show no other."""
    if not find_spec("anyio"):
        return

    async def run_here(function: Callable[..., Any], *arguments: Any, **options: Any) -> Any:
        return function(*arguments)

    import_module("anyio.to_thread").run_sync = run_here  # type: ignore[attr-defined]


def wrap(function: Callable[..., Any]) -> Callable[..., Any]:
    """Give a function in C a frame."""

    @wraps(function)
    def call_serializer(*arguments: Any, **options: Any) -> Any:
        return function(*arguments, **options)

    return call_serializer


def wrap_method(method: Callable[..., Any]) -> Callable[..., Any]:
    """List the statement that a method of a cursor sends."""

    @wraps(method)
    def list_and_send(self: Any, query: Any, *arguments: Any, **options: Any) -> Any:
        SEEN.append(query if isinstance(query, str) else str(query))
        return method(self, query, *arguments, **options)

    return list_and_send

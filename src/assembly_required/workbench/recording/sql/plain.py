"""Statements of the DB-API, which has no hooks: the connection of a request is wrapped."""

from typing import Any

from flask import Flask

from ....adapters.orm.plain.connections import EXTENSION, Connections
from ..recorder import CURRENT


def watch(app: Flask) -> None:
    """Watch the statements of an app."""
    connections: Connections = app.extensions[EXTENSION]
    current = connections.current

    def watched() -> Any:
        return Watched(current()) if CURRENT.get() else current()

    connections.current = watched  # type: ignore[method-assign]


class Watched:
    """A connection or a cursor whose statements are recorded.

    :param original: the connection or cursor of the driver.
    """

    def __init__(self, original: Any) -> None:
        self._original = original

    def __getattr__(self, name: str) -> Any:
        return getattr(self._original, name)

    def cursor(self) -> "Watched":
        return Watched(self._original.cursor())

    def execute(self, sql: str, values: Any = ()) -> Any:
        recording = CURRENT.get()
        if recording is None:
            return self._original.execute(sql, values)
        return recording.run_statement(sql, values, self._original.execute, sql, values)

    def executemany(self, sql: str, rows: Any) -> Any:
        recording = CURRENT.get()
        if recording is None:
            return self._original.executemany(sql, rows)
        return recording.run_statement(sql, rows, self._original.executemany, sql, rows, times=len(rows))

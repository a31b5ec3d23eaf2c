"""SQLite, through ``sqlite3`` of the standard library.

*In Django* ``django.db.backends.sqlite3``, which opens a connection for each thread and keeps it for
``CONN_MAX_AGE`` seconds.

*Here* idle connections lie on a stack, and the one used last is taken first: its cache is the warmest. SQLite knows
neither instants nor lists. Instants are kept as texts of one form, so that they compare and sort as texts do; a list
of ids goes in as JSON.

*What it costs*: 20 lines for what a pool does; opening a connection for each request, as Flask's tutorial does, costs
100 µs more.

*Next*: :mod:`assembly_required.adapters.orm.plain.postgresql`.
"""

import json
import sqlite3
from collections import deque
from collections.abc import Mapping
from datetime import datetime
from functools import cache
from typing import Any

from flask import Flask

from ...shared.sqlite import prepare
from .connections import Connections


def connections(app: Flask) -> Connections:
    """The connections of an app to its SQLite file."""
    return SQLite(app.config["DATABASE"].location)


class SQLite(Connections):
    """Connections to one SQLite file.

    :param path: the file.
    """

    BEGIN = "BEGIN IMMEDIATE"  # waits for other writers here, at the start, where waiting is all there is to do

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()

    def take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._open()

    def keep(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.rollback()
        self._idle.append(connection)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def phrased(self, sql: str) -> str:
        return phrased(sql)

    def valued(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: stored(value) for name, value in values.items()}

    def advance(self, table: str) -> None:
        """AUTOINCREMENT does it."""

    def _open(self) -> sqlite3.Connection:
        # isolation_level=None: sqlite3 would begin transactions by itself, and only before some statements.
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        prepare(connection)
        return connection


@cache
def phrased(sql: str) -> str:
    """
    >>> phrased("SELECT slug FROM articles WHERE id IN :ids")
    'SELECT slug FROM articles WHERE id IN (SELECT value FROM json_each(:ids))'
    """
    for name in ("ids", "names"):
        sql = sql.replace(f"IN :{name}", f"IN (SELECT value FROM json_each(:{name}))")
    return sql


def stored(value: Any) -> Any:
    """A value as SQLite keeps it; an instant always with six digits.

    >>> stored(datetime(2016, 2, 18, 3, 22, 56))
    '2016-02-18 03:22:56.000000'
    """
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    return json.dumps(value) if isinstance(value, list) else value

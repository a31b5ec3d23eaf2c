"""SQLite through ``sqlite3`` of the standard library.

*In Django* ``django.db.backends.sqlite3``, with one connection per thread that stays open for ``CONN_MAX_AGE`` seconds.

*Here* idle connections are kept in a stack, and the last one used is taken first, because its cache is warm. SQLite
has no type for datetimes or lists. Datetimes are stored as text of one format, so that they compare and sort correctly;
a list of ids is passed as JSON.

*What it costs*: 20 lines for a pool. To open a connection for each request, as Flask's tutorial does, takes 100 µs
more.

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

from ...shared.sqlite import BEGIN, locate, prepare
from .connections import Connections


def connections(app: Flask) -> Connections:
    """Return the connections of an app to its SQLite file."""
    return SQLite(app.config["DATABASE"].location)


class SQLite(Connections):
    """Connections to one SQLite file.

    :param path: the file.
    """

    BEGIN = BEGIN
    LOCK = ""  # the transaction has locked the whole database

    def __init__(self, path: str) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()

    def take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._open()

    def put(self, connection: sqlite3.Connection) -> None:
        if connection.in_transaction:
            connection.rollback()
        self._idle.append(connection)

    def close(self) -> None:
        while self._idle:
            self._idle.pop().close()

    def translate(self, sql: str) -> str:
        return translate(sql)

    def convert(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return {name: to_sqlite(value) for name, value in values.items()}

    def advance(self, table: str) -> None:
        """Do nothing: AUTOINCREMENT continues after the highest id."""

    def _open(self) -> sqlite3.Connection:
        # isolation_level=None: otherwise sqlite3 begins transactions itself, and only before some statements.
        connection = sqlite3.connect(locate(self._path), isolation_level=None, check_same_thread=False, uri=True)
        prepare(connection)
        return connection


@cache
def translate(sql: str) -> str:
    """
    >>> translate("SELECT slug FROM articles WHERE id IN :ids")
    'SELECT slug FROM articles WHERE id IN (SELECT value FROM json_each(:ids))'
    """
    for name in ("ids", "names"):
        sql = sql.replace(f"IN :{name}", f"IN (SELECT value FROM json_each(:{name}))")
    return sql


def to_sqlite(value: Any) -> Any:
    """Convert a value to one that SQLite can store; a datetime always has six digits of a second.

    >>> to_sqlite(datetime(2016, 2, 18, 3, 22, 56))
    '2016-02-18 03:22:56.000000'
    """
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="microseconds")
    return json.dumps(value) if isinstance(value, list) else value

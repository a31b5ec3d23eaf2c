"""PostgreSQL through psycopg and its connection pool.

*In Django* ``django.db.backends.postgresql``; ``OPTIONS = {"pool": True}`` uses the same pool since Django 5.1.

*Here* the driver accepts datetimes, lists and booleans, so values are passed unchanged. The pool checks a connection
before use and rolls back an open transaction after it. The pool's threads start with the first request: a server that
forks after the app was built would not copy them.

*What it costs*: psycopg, psycopg-pool, and parameters that are written ``%(name)s``.

*Next*: :mod:`assembly_required.adapters.orm.plain.store`.
"""

import re
from collections.abc import Mapping
from functools import cache
from threading import Lock
from typing import Any

from flask import Flask
from psycopg import Connection
from psycopg_pool import ConnectionPool

from ...shared.postgresql import MINIMUM, WAIT, advance
from .connections import Connections, execute


def connections(app: Flask) -> Connections:
    """Return the connections of an app to its PostgreSQL database."""
    return PostgreSQL(app.config["DATABASE"].location, app.config["DATABASE_POOL"])


class PostgreSQL(Connections):
    """A pool of connections to one database.

    :param url: the connection string.
    :param size: the maximum number of connections.
    """

    BEGIN = "BEGIN"
    LOCK = "FOR NO KEY UPDATE"

    def __init__(self, url: str, size: int) -> None:
        self._url, self._size = url, size
        self._pool: ConnectionPool | None = None
        self._lock = Lock()

    def take(self) -> Connection:
        return self._get_pool().getconn()

    def put(self, connection: Connection) -> None:
        self._get_pool().putconn(connection)

    def close(self) -> None:
        with self._lock:
            if self._pool:
                self._pool.close()
                self._pool = None

    def translate(self, sql: str) -> str:
        return translate(sql)

    def convert(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return values

    def advance(self, table: str) -> None:
        execute(advance(table))

    def _get_pool(self) -> ConnectionPool:
        with self._lock:
            self._pool = self._pool or ConnectionPool(
                self._url,
                min_size=MINIMUM,
                max_size=self._size,
                timeout=WAIT,
                check=ConnectionPool.check_connection,
                kwargs={"autocommit": True},  # the store begins transactions itself
                open=True,
            )
            return self._pool


@cache
def translate(sql: str) -> str:
    """
    >>> translate("SELECT slug FROM articles WHERE id IN :ids AND author_id = :viewer")
    'SELECT slug FROM articles WHERE id = ANY(%(ids)s) AND author_id = %(viewer)s'
    """
    return re.sub(r":(\w+)", r"%(\1)s", re.sub(r"IN :(\w+)", r"= ANY(:\1)", sql))

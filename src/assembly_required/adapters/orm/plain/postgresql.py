"""PostgreSQL, through psycopg and the pool that its authors wrote for it.

*In Django* ``django.db.backends.postgresql``; ``OPTIONS = {"pool": True}`` takes the same pool since Django 5.1.

*Here* the driver knows instants, lists and truth, so values go in and come out as they are. The pool looks at a
connection before it lends it and rolls back what was left open; its threads start with the first request and not with
the app, since a server that forks would leave them behind.

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
    """The connections of an app to its PostgreSQL database."""
    return PostgreSQL(app.config["DATABASE"].location, app.config["DATABASE_POOL"])


class PostgreSQL(Connections):
    """A pool of connections to one database.

    :param url: the database.
    :param size: how many connections at most.
    """

    BEGIN = "BEGIN"

    def __init__(self, url: str, size: int) -> None:
        self._url, self._size = url, size
        self._pool: ConnectionPool | None = None
        self._lock = Lock()

    def take(self) -> Connection:
        return self._opened().getconn()

    def keep(self, connection: Connection) -> None:
        self._opened().putconn(connection)

    def close(self) -> None:
        with self._lock:
            if self._pool:
                self._pool.close()
                self._pool = None

    def phrased(self, sql: str) -> str:
        return phrased(sql)

    def valued(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        return values

    def advance(self, table: str) -> None:
        execute(advance(table))

    def _opened(self) -> ConnectionPool:
        with self._lock:
            self._pool = self._pool or ConnectionPool(
                self._url,
                min_size=MINIMUM,
                max_size=self._size,
                timeout=WAIT,
                check=ConnectionPool.check_connection,
                kwargs={"autocommit": True},  # the store says itself where a transaction begins
                open=True,
            )
            return self._pool


@cache
def phrased(sql: str) -> str:
    """
    >>> phrased("SELECT slug FROM articles WHERE id IN :ids AND author_id = :viewer")
    'SELECT slug FROM articles WHERE id = ANY(%(ids)s) AND author_id = %(viewer)s'
    """
    return re.sub(r":(\w+)", r"%(\1)s", re.sub(r"IN :(\w+)", r"= ANY(:\1)", sql))

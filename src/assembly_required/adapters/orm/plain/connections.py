"""Connections of one app: kept, taken and given back.

*In Django* ``CONN_MAX_AGE`` keeps a connection for each thread.

*Here* a stack of idle connections. A request takes the one used last, or opens another, and gives it back at its
end, when it has been rolled back if something went wrong.

*What it costs*: 30 lines; opening a connection for each request, as Flask's tutorial does, costs 100 µs more.

*Next*: :mod:`assembly_required.adapters.orm.plain.store`.
"""

import sqlite3
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import current_app, g

from ....sqlite import prepare

EXTENSION = "sqlite3"
"""The key of an app's connections in ``app.extensions``."""


def execute(sql: str, values: Mapping[str, Any] | None = None) -> sqlite3.Cursor:
    """Send a statement on the connection of this application context."""
    connections: Connections = current_app.extensions[EXTENSION]
    return connections.current().execute(sql, values or {})


class Connections:
    """Connections to one SQLite file.

    :param path: the file.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._idle: deque[sqlite3.Connection] = deque()

    def current(self) -> sqlite3.Connection:
        """The connection of this application context."""
        if "connection" not in g:
            g.connection = self._take()
        connection: sqlite3.Connection = g.connection
        return connection

    def give_back(self, error: BaseException | None = None) -> None:
        """At the end of an application context."""
        connection = g.pop("connection", None)
        if connection is not None:
            if connection.in_transaction:
                connection.rollback()
            self._idle.append(connection)

    def _take(self) -> sqlite3.Connection:
        try:
            return self._idle.pop()
        except IndexError:
            return self._open()

    def _open(self) -> sqlite3.Connection:
        # isolation_level=None: sqlite3 would begin transactions by itself, and only before some statements.
        connection = sqlite3.connect(self._path, isolation_level=None, check_same_thread=False)
        prepare(connection)
        return connection

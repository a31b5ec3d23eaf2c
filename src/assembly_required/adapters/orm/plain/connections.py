"""The connection of a request, and what both databases have in common.

*In Django* ``connection`` is a proxy to this thread's connection, a ``DatabaseWrapper`` for the kind of database.

*Here* the first statement takes a connection and stores it on ``g``. It is returned when the application context ends.
The drivers write parameters differently and accept different types, so each database has its own module.

*What it costs*: one part of the store's SQL is not SQL: ``IN :ids``, because the DB-API has no parameter for a list.

*Next*: :mod:`assembly_required.adapters.orm.plain.sqlite`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, g

EXTENSION = "plain"
"""The key of an app's connections in ``app.extensions``."""


def execute(sql: str, values: Mapping[str, Any] | None = None) -> Any:
    """Execute a statement and return its cursor."""
    connections: Connections = current_app.extensions[EXTENSION]
    return connections.current().execute(connections.translate(sql), connections.convert(values or {}))


def execute_many(sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Execute a statement once for each row."""
    connections: Connections = current_app.extensions[EXTENSION]
    connections.current().cursor().executemany(connections.translate(sql), [connections.convert(row) for row in rows])


def begin() -> None:
    """Begin a transaction."""
    execute(current_app.extensions[EXTENSION].BEGIN)


def roll_back() -> None:
    """Roll back the transaction, and return the connection to the pool, which replaces it if it is lost."""
    connections: Connections = current_app.extensions[EXTENSION]
    connections.release()


class Connections(ABC):
    """The connections of one app to one database."""

    BEGIN: str
    """The statement that begins a write transaction."""

    LOCK: str
    """The end of a SELECT that lets no other transaction change or delete the rows. It may still refer to them."""

    def current(self) -> Any:
        """Return the connection of this application context."""
        if "connection" not in g:
            g.connection = self.take()
        return g.connection

    def release(self, error: BaseException | None = None) -> None:
        """Return the connection to the pool when the application context ends."""
        connection = g.pop("connection", None)
        if connection is not None:
            self.put(connection)

    @abstractmethod
    def take(self) -> Any:
        """Return a connection that is not in use."""

    @abstractmethod
    def put(self, connection: Any) -> None:
        """Put a connection back into the pool and roll back an open transaction."""

    @abstractmethod
    def close(self) -> None:
        """Close the connections that are not in use."""

    @abstractmethod
    def translate(self, sql: str) -> str:
        """Translate a statement of the store for the driver."""

    @abstractmethod
    def convert(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Convert values for the driver."""

    @abstractmethod
    def advance(self, table: str) -> None:
        """Continue the ids after the highest one, for use after rows were inserted with their ids."""

"""The connection of a request, and what is common to both databases.

*In Django* ``connection``, a proxy to the connection of this thread, and under it a ``DatabaseWrapper`` of that
database.

*Here* it is taken from the app's connections when it is first asked for, lies on ``g``, and goes back when the
application context ends. The two databases differ in how a parameter is written and in what values they know: each has
a module of its own for that.

*What it costs*: one word of the SQL in the store is no SQL, ``IN :ids``, since the DB-API has no parameter for a list.

*Next*: :mod:`assembly_required.adapters.orm.plain.sqlite`.
"""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, g

EXTENSION = "plain"
"""The key of an app's connections in ``app.extensions``."""


def execute(sql: str, values: Mapping[str, Any] | None = None) -> Any:
    """Send a statement on the connection of this application context; its cursor."""
    connections: Connections = current_app.extensions[EXTENSION]
    return connections.current().execute(connections.phrased(sql), connections.valued(values or {}))


def execute_many(sql: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Send a statement once for each row."""
    connections: Connections = current_app.extensions[EXTENSION]
    connections.current().cursor().executemany(connections.phrased(sql), [connections.valued(row) for row in rows])


def begin() -> None:
    """Begin a transaction on it."""
    execute(current_app.extensions[EXTENSION].BEGIN)


class Connections(ABC):
    """The connections of one app to one database."""

    BEGIN: str
    """How a transaction begins that is going to write."""

    def current(self) -> Any:
        """The connection of this application context."""
        if "connection" not in g:
            g.connection = self.take()
        return g.connection

    def give_back(self, error: BaseException | None = None) -> None:
        """At the end of an application context."""
        connection = g.pop("connection", None)
        if connection is not None:
            self.keep(connection)

    @abstractmethod
    def take(self) -> Any:
        """One that nobody uses."""

    @abstractmethod
    def keep(self, connection: Any) -> None:
        """Take it back, with whatever it was left in."""

    @abstractmethod
    def close(self) -> None:
        """Close those that nobody uses."""

    @abstractmethod
    def phrased(self, sql: str) -> str:
        """A statement of the store in the words of this database's driver."""

    @abstractmethod
    def valued(self, values: Mapping[str, Any]) -> Mapping[str, Any]:
        """Values as this database's driver takes them."""

    @abstractmethod
    def advance(self, table: str) -> None:
        """Let ids go on after the highest, when rows came with theirs."""

"""How the database would run a statement that was recorded."""

import sqlite3
from contextlib import closing
from typing import Any

from ..adapters.shared.sqlite import locate
from ..stack.settings import Database
from .recording.model import Statement

SECONDS = 2
"""How long the database may take."""

NOTHING_TO_PLAN = "There is nothing to plan: SQLite looks up no rows for this statement."


class NoPlan(Exception):
    """The database cannot explain a statement. The text says why."""


def explain(database: Database, statement: Statement) -> list[str]:
    """Return the plan of a statement, a line for each step, indented as the steps are nested.

    The statement is not run. The connection is a new one that can only read.

    Sources: https://www.sqlite.org/eqp.html, https://www.postgresql.org/docs/current/sql-explain.html

    :raises NoPlan: the values were too large to keep, or the database cannot explain the statement.
    """
    if statement.values is None:
        raise NoPlan("The values of this statement were too large to keep.")
    values = statement.values[0] if statement.times > 1 else statement.values
    ask = explain_sqlite if database.dialect == "sqlite" else explain_postgresql
    return ask(database.location, statement.sql, values)


def explain_sqlite(path: str, sql: str, values: Any) -> list[str]:
    """Ask SQLite. Each step names the step that it is part of, which comes before it."""
    address = locate(path)
    address += ("&" if "?" in address else "?") + "mode=ro"
    depths = {0: -1}
    lines = []
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=SECONDS)) as connection:
            for id, parent, _, detail in connection.execute(f"EXPLAIN QUERY PLAN {sql}", values):
                depths[id] = depths.get(parent, -1) + 1
                lines.append(f"{'  ' * depths[id]}{detail}")
    except sqlite3.Error as error:
        raise NoPlan(f"SQLite cannot explain it ({type(error).__name__}).") from error
    return lines or [NOTHING_TO_PLAN]


def explain_postgresql(url: str, sql: str, values: Any) -> list[str]:
    """Ask PostgreSQL, in a transaction that can only read."""
    import psycopg  # installed only for PostgreSQL

    try:
        with closing(psycopg.connect(url, cursor_factory=psycopg.ClientCursor, connect_timeout=SECONDS)) as connection:
            connection.read_only = True
            connection.execute(f"SET LOCAL statement_timeout = {SECONDS * 1_000}")
            return [line for (line,) in connection.execute(f"EXPLAIN {sql}", values)]
    except psycopg.Error as error:
        raise NoPlan(f"PostgreSQL cannot explain it ({type(error).__name__}).") from error

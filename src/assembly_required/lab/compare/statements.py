"""Record SQL statements with their values, whichever library sends them.

SQLite calls a function for each statement. It is set when a connection opens, so :func:`sqlite3.connect` is replaced
meanwhile. For PostgreSQL, the methods of psycopg's cursor that send statements are replaced.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib.util import find_spec
from typing import Any
from unittest.mock import patch

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")
"""How the statements begin that are counted; ``BEGIN``, ``COMMIT`` and ``PRAGMA`` are not."""


@contextmanager
def trace() -> Iterator[list[str]]:
    """Record the statements sent on connections that are opened inside the block."""
    seen: list[str] = []
    with ExitStack() as stack:
        connect = trace_sqlite(seen)
        # Most libraries take it from `sqlite3.dbapi2`, from which `sqlite3` imports it.
        stack.enter_context(patch("sqlite3.connect", connect))
        stack.enter_context(patch("sqlite3.dbapi2.connect", connect))
        if find_spec("psycopg"):
            execute, executemany = trace_psycopg(seen)
            stack.enter_context(patch("psycopg.Cursor.execute", execute))
            stack.enter_context(patch("psycopg.Cursor.executemany", executemany))
        yield seen


def trace_sqlite(seen: list[str]) -> Callable[..., sqlite3.Connection]:
    """Return a function that opens connections and records their statements."""
    connect = sqlite3.connect

    @wraps(connect)
    def connect_traced(*args: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*args, **options)
        connection.set_trace_callback(seen.append)
        return connection

    return connect_traced


def trace_psycopg(seen: list[str]) -> tuple[Callable[..., Any], Callable[..., Any]]:
    """Return methods ``execute`` and ``executemany`` that record the statements of a cursor."""
    from psycopg import ClientCursor, Cursor

    execute, executemany = Cursor.execute, Cursor.executemany

    @wraps(execute)
    def execute_traced(cursor: Any, query: Any, params: Any = None, **options: Any) -> Any:
        seen.append(ClientCursor(cursor.connection).mogrify(query, params))
        return execute(cursor, query, params, **options)

    @wraps(executemany)
    def executemany_traced(cursor: Any, query: Any, params_seq: Any, **options: Any) -> None:
        rows = list(params_seq)
        seen.extend(ClientCursor(cursor.connection).mogrify(query, params) for params in rows)
        executemany(cursor, query, rows, **options)

    return execute_traced, executemany_traced

"""Record SQL statements with SQLite's trace callback.

The callback sees the statements of every library, with their values. It is set when a connection opens, so
:func:`sqlite3.connect` is replaced meanwhile.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from typing import Any
from unittest.mock import patch

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")
"""How the statements begin that are counted; ``BEGIN``, ``COMMIT`` and ``PRAGMA`` are not."""


@contextmanager
def trace() -> Iterator[list[str]]:
    """Collect the statements sent on connections that are opened inside the block."""
    seen: list[str] = []

    def wrap(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
        @wraps(connect)
        def connect_traced(*args: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*args, **options)
            connection.set_trace_callback(seen.append)
            return connection

        return connect_traced

    replacement = wrap(sqlite3.connect)
    # Most libraries take it from `sqlite3.dbapi2`, from which `sqlite3` imports it.
    with patch("sqlite3.connect", replacement), patch("sqlite3.dbapi2.connect", replacement):
        yield seen

"""Count the SQL statements of a request, with SQLite's trace callback.

The callback sees the statements of every library. It is set when a connection opens, so :func:`sqlite3.connect` is
replaced during the count. ``BEGIN``, ``COMMIT`` and ``PRAGMA`` are not counted.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any
from unittest.mock import patch

from .candidates import Candidate
from .endpoints import Endpoint
from .wsgi import call

COUNTED = ("SELECT", "INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")


def count(
    candidates: Sequence[Candidate], endpoints: Sequence[Endpoint], database: Path, secret_key: str, caller: int
) -> list[list[int]]:
    """Return for each candidate the number of statements of each endpoint."""
    with trace() as seen:
        return [_count(candidate, endpoints, database, secret_key, caller, seen) for candidate in candidates]


def _count(
    candidate: Candidate, endpoints: Sequence[Endpoint], database: Path, secret_key: str, caller: int, seen: list[str]
) -> list[int]:
    running = candidate.start(database, secret_key, caller)
    counts = []
    for endpoint in endpoints:
        request = endpoint.prepare(running.token)
        # The first request also opens a connection and checks the schema.
        call(running.app, request.environ())
        seen.clear()
        call(running.app, request.environ())
        counts.append(sum(statement.lstrip().upper().startswith(COUNTED) for statement in seen))
    return counts


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

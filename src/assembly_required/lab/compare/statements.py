"""How many SQL statements a request takes.

*In Django* ``assertNumQueries``, or ``connection.queries`` under ``DEBUG``.

*Here* SQLite itself tells: its trace sees every statement, whichever library sends it. A connection has to be told when
it is opened, so this is a run of its own, before anything is timed and with apps of its own.

*What it costs*: while it lasts, :func:`sqlite3.connect` is replaced for the whole process. Transactions and settings
(``BEGIN``, ``COMMIT``, ``PRAGMA``) are not counted.

*Next*: :mod:`assembly_required.lab.compare.measure`.
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
    """For each candidate the statements of each endpoint."""
    with traced() as seen:
        return [_count(candidate, endpoints, database, secret_key, caller, seen) for candidate in candidates]


def _count(
    candidate: Candidate, endpoints: Sequence[Endpoint], database: Path, secret_key: str, caller: int, seen: list[str]
) -> list[int]:
    running = candidate.start(database, secret_key, caller)
    counts = []
    for endpoint in endpoints:
        request = endpoint.prepared(running.token)
        # The first request also opens a connection and looks at the schema.
        call(running.app, request.environ())
        seen.clear()
        call(running.app, request.environ())
        counts.append(sum(statement.lstrip().upper().startswith(COUNTED) for statement in seen))
    return counts


@contextmanager
def traced() -> Iterator[list[str]]:
    """The statements sent on connections that are opened inside."""
    seen: list[str] = []

    def tracing(connect: Callable[..., sqlite3.Connection]) -> Callable[..., sqlite3.Connection]:
        @wraps(connect)
        def connected(*args: Any, **options: Any) -> sqlite3.Connection:
            connection = connect(*args, **options)
            connection.set_trace_callback(seen.append)
            return connection

        return connected

    traced = tracing(sqlite3.connect)
    # Most libraries look it up in `sqlite3.dbapi2`, where `sqlite3` has it from.
    with patch("sqlite3.connect", traced), patch("sqlite3.dbapi2.connect", traced):
        yield seen

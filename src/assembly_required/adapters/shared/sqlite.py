"""Settings that every connection to an SQLite database needs before it serves a web application."""

import os
from pathlib import Path
from typing import Any

WAIT = 5
"""Seconds to wait for another writer. The request then gets 503, and its thread is free."""

PRAGMAS = {
    "foreign_keys": "ON",  # off by default, for compatibility with SQLite before 3.6.19
    "busy_timeout": WAIT * 1_000,  # milliseconds
    "synchronous": "NORMAL",  # with WAL a crash loses no consistency; a power cut may lose the last commits
    "cache_size": -16_000,  # KiB: the indexes stay in memory; counting 100,000 articles takes 30 µs, not 700
}

BEGIN = "BEGIN IMMEDIATE"
"""The statement that begins a write transaction: a writer waits here, where it cannot fail for a stale snapshot."""


def locate(path: str) -> str:
    """Return the URI of a database file.

    In WAL mode SQLite creates two files beside the database, even to read it. In a read-only folder it cannot, so there
    the file is opened as immutable, unless another process has the two files open. Nothing can be written then.

    Source: https://www.sqlite.org/wal.html#read_only_databases
    """
    file = Path(path)
    readable = os.access(file.parent, os.W_OK) or Path(f"{path}-wal").exists() or not file.exists()
    return file.as_uri() + ("" if readable else "?immutable=1")


def prepare(connection: Any) -> None:
    """Apply PRAGMAS to a new DB-API connection."""
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()

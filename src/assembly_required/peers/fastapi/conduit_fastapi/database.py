"""The engine, and a session for each request."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Engine, create_engine, event, make_url
from sqlalchemy.engine import URL
from sqlalchemy.orm import Session, sessionmaker

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


def make_engine() -> Engine:
    engine = create_engine(read_url(), pool_pre_ping=True, pool_size=20)
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", set_pragmas)
    return engine


engine = make_engine()
SessionLocal = sessionmaker(engine, expire_on_commit=False)


def get_session() -> Iterator[Session]:
    with SessionLocal() as session:
        yield session

"""The asynchronous engine, and a session for each request."""

from collections.abc import AsyncIterator

from sqlalchemy import event
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, async_sessionmaker, create_async_engine

from conduit_fastapi.connecting import read_url, set_pragmas


def make_engine() -> AsyncEngine:
    """psycopg 3 has both kinds of connection; SQLite needs another driver."""
    url = read_url()
    if url.get_backend_name() == "sqlite":
        url = url.set(drivername="sqlite+aiosqlite")
    engine = create_async_engine(url, pool_pre_ping=True, pool_size=20)
    if engine.dialect.name == "sqlite":
        event.listen(engine.sync_engine, "connect", set_pragmas)
    return engine


SessionLocal = async_sessionmaker(make_engine(), expire_on_commit=False)


async def get_session() -> AsyncIterator[AsyncSession]:
    async with SessionLocal() as session:
        yield session

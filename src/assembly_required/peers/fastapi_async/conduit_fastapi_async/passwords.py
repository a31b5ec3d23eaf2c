"""Hash passwords in a thread, a few at the same time. A password that waits for others takes no thread."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi.concurrency import run_in_threadpool

from conduit_fastapi import security
from conduit_fastapi.config import get_settings
from conduit_fastapi.errors import busy

free = asyncio.Semaphore(get_settings().password_checks)


@asynccontextmanager
async def turn() -> AsyncIterator[None]:
    try:
        await asyncio.wait_for(free.acquire(), security.WAIT)
    except TimeoutError:
        raise busy() from None
    try:
        yield
    finally:
        free.release()


async def hash_password(password: str) -> str:
    async with turn():
        return await run_in_threadpool(security.hash_password, password)


async def verify_password(password: str, known: str | None) -> tuple[bool, str | None]:
    """Return whether this is the password, and a new hash if the old one is outdated."""
    async with turn():
        return await run_in_threadpool(security.verify_password, password, known)

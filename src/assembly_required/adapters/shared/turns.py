"""Writing to SQLite, one thread of a process after the other.

SQLite lets one connection write at a time, and lets others wait. If another process holds its lock for seconds, every
thread of a server that wants to write would wait for it, until none is left to read. So the threads of a process take
turns: one waits for SQLite, and the others are refused as soon as it has waited for ``PATIENCE``. As long as the
writers make progress, all of them wait.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from threading import Lock
from time import monotonic

from flask import Flask, current_app

from ...conduit.errors import Unavailable
from .sqlite import WAIT

PATIENCE = 0.5
"""Seconds that one thread waits for another process. After that, the other threads give up."""

EXTENSION = "assembly_required.turns"
"""The key of an app's turns in ``app.extensions``."""


class Turns:
    """The turns of the threads of this process to write to one SQLite database."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._waiting_since = inf

    @contextmanager
    def turn(self) -> Iterator[Callable[[], None]]:
        """Yield, when it is this thread's turn, a function to call as soon as SQLite has granted its lock.

        :raises Unavailable: the database is locked.
        """
        self._wait()
        try:
            self._waiting_since = monotonic()
            yield self._end_waiting
        finally:
            self._end_waiting()
            self._lock.release()

    def _wait(self) -> None:
        until = monotonic() + WAIT
        while not self._lock.acquire(timeout=PATIENCE / 20):
            now = monotonic()
            if now > until or now - self._waiting_since > PATIENCE:
                current_app.logger.error("The database is not available: another process has locked it")
                raise Unavailable

    def _end_waiting(self) -> None:
        self._waiting_since = inf


def take_turns(app: Flask) -> None:
    """Let the threads of an app take turns to write, if its database is SQLite."""
    if app.config["DATABASE"].dialect == "sqlite":
        app.extensions[EXTENSION] = Turns()


@contextmanager
def write_turn() -> Iterator[Callable[[], None]]:
    """Wait for the turn of this thread; PostgreSQL needs no turns.

    :raises Unavailable: the database is locked.
    """
    turns: Turns | None = current_app.extensions.get(EXTENSION)
    if turns is None:
        yield lambda: None
        return
    with turns.turn() as begun:
        yield begun

"""Password hashes, of which only a few are computed at the same time.

A hash takes a core of the machine for a tenth of a second or more. Without a bound, a dozen clients that log in without
end would take all cores from everybody who reads.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from .errors import Busy

if TYPE_CHECKING:
    from .interfaces import Hashing

WAIT = 2.0
"""Seconds to wait for a turn."""


class BoundedHashing:
    """The adapter of the slot ``hashing``, used by a few threads at a time.

    :param hashing: the adapter.
    :param most: how many hashes are computed at the same time in this process.
    """

    def __init__(self, hashing: Hashing, most: int) -> None:
        self._hashing = hashing
        self._free = BoundedSemaphore(most)

    @contextmanager
    def turn(self) -> Iterator[Hashing]:
        """Wait for a turn, and provide the adapter until the end of the block.

        :raises Busy: there was no turn within :data:`WAIT` seconds.
        """
        if not self._free.acquire(timeout=WAIT):
            raise Busy
        try:
            yield self._hashing
        finally:
            self._free.release()

    def hash(self, password: str) -> str:
        with self.turn() as hashing:
            return hashing.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        with self.turn() as hashing:
            return hashing.verify(password_hash, password)

    def outdated(self, password_hash: str) -> bool:
        return self._hashing.outdated(password_hash)


def count_spare_cores() -> int:
    """Return the number of cores less one, which is left for everything else, but at least 1."""
    return max(1, (os.cpu_count() or 1) - 1)

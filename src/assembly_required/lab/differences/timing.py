"""Measure how long it takes to verify a password."""

from collections.abc import Callable
from statistics import median
from time import perf_counter

ROUNDS = 3


def time_verify(verify: Callable[[], bool]) -> float:
    """Verify a password ``ROUNDS`` times and return the median time in milliseconds."""
    return round(median(time_once(verify) for _ in range(ROUNDS)), 3)


def time_once(verify: Callable[[], bool]) -> float:
    """Verify a password and return the time in milliseconds."""
    start = perf_counter()
    if not verify():
        raise AssertionError("A library rejects its own hash.")
    return (perf_counter() - start) * 1_000

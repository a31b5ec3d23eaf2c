"""Keep what was made from a file until the file changes."""

from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from typing import TypeVar, TypeVarTuple

More = TypeVarTuple("More")
Made = TypeVar("Made")


def keep_until_changed(function: Callable[[Path, *More], Made]) -> Callable[[Path, *More], Made]:
    """Cache a function of a file. It runs again when the file has a new time of modification."""

    @cache
    def keep(path: Path, changed: int, *more: *More) -> Made:
        return function(path, *more)

    @wraps(function)
    def read(path: Path, /, *more: *More) -> Made:
        return keep(path, path.stat().st_mtime_ns, *more)

    return read

"""Record which functions of this project run during a request, if it was asked for.

It uses :func:`sys.setprofile`, which calls a function at each call and return in this thread only.
:mod:`sys.monitoring` is cheaper, but exists only from Python 3.12 on, and it would report the functions of all
threads, so requests of other visitors would be slower too.

Source: https://docs.python.org/3/library/sys.html#sys.setprofile
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter
from types import CodeType, FrameType
from typing import Any

from .model import Call, Place

MOST = 500
"""Functions that are kept of one request."""

PACKAGE = str(Path(__file__).parents[2])
WORKBENCH = str(Path(__file__).parents[1])

NAMELESS = ("<listcomp>", "<setcomp>", "<dictcomp>", "<genexpr>", "<module>")
"""Code that is no function to a reader. Python 3.12 does not call most of it any more."""


def is_ours(code: CodeType) -> bool:
    """Check whether code is a function of this project, outside of the workbench."""
    path = code.co_filename
    if not path.startswith(PACKAGE) or path.startswith(WORKBENCH):
        return False
    return path.endswith(".py") and code.co_name not in NAMELESS  # Jinja's templates are code with names of their own


class Calls:
    """The functions that run, as a tree: a function appears once below each function that calls it."""

    def __init__(self) -> None:
        self.tree: list[Call] = []
        self.dropped = 0
        self._below: list[dict[CodeType, int]] = []
        self._top: dict[CodeType, int] = {}
        self._open: list[tuple[int, float, list[float]]] = []
        self._known: dict[CodeType, bool] = {}

    def watch(self, frame: FrameType, event: str, argument: Any) -> None:
        """Note a call or a return. It is what :func:`sys.setprofile` calls."""
        if event not in ("call", "return"):
            return
        code = frame.f_code
        ours = self._known.get(code)
        if ours is None:
            ours = self._known[code] = is_ours(code)
        if ours and event == "call":
            self._begin(frame, code)
        elif ours and self._open:
            self._end()

    def list(self) -> list[Call]:
        """Return the functions, each followed by those below it."""
        return [self.tree[index] for index in self._walk(self._top)]

    def _walk(self, level: dict[CodeType, int]) -> Iterator[int]:
        for index in level.values():
            yield index
            yield from self._walk(self._below[index])

    def _begin(self, frame: FrameType, code: CodeType) -> None:
        parent = self._open[-1][0] if self._open else -1
        level = self._top if parent < 0 else self._below[parent]
        index = level.get(code)
        if index is None:
            if len(self.tree) >= MOST:
                self.dropped += 1
                index = parent
            else:
                index = level[code] = len(self.tree)
                depth = self.tree[parent].depth + 1 if parent >= 0 else 0
                place = Place(frame.f_globals.get("__name__", ""), code.co_qualname, code.co_firstlineno)
                self.tree.append(Call(place, depth))
                self._below.append({})
        self._open.append((index, perf_counter(), [0.0]))

    def _end(self) -> None:
        index, started, inner = self._open.pop()
        duration = (perf_counter() - started) * 1_000
        parent = self._open[-1] if self._open else None
        if parent and parent[0] == index:  # it was dropped: its time belongs to the function that called it
            parent[2][0] += inner[0]
            return
        if parent:
            parent[2][0] += duration
        if index >= 0:
            call = self.tree[index]
            call.count += 1
            call.duration += duration
            call.own += duration - inner[0]


@contextmanager
def watch_functions(calls: Calls) -> Iterator[None]:
    """Note the functions that run inside of the block, in this thread."""
    before = sys.getprofile()
    sys.setprofile(calls.watch)
    try:
        yield
    finally:
        sys.setprofile(before)


def find_stack() -> list[Place]:
    """Return the functions of this project that are running, the outermost first, with the line each has reached."""
    stack = []
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if is_ours(frame.f_code):
            stack.append(Place(frame.f_globals.get("__name__", ""), frame.f_code.co_qualname, frame.f_lineno))
        frame = frame.f_back
    return stack[::-1]

"""The recording of one request, and the one that is current."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import wraps
from time import perf_counter
from typing import Any
from urllib.parse import unquote

from flask import Flask
from werkzeug.datastructures import Headers

from ...stack.assembly import assembled
from ...stack.describe import find_changed
from .model import Place, Statement, Step

MOST = 500
"""Steps, and statements, that are kept of one request."""

MICROSECONDS = 1_000_000


class Recording:
    """What happened during a request.

    :param method: the method and ``path`` the path of the request, with ``query`` after the question mark.
    :param stack: the named stack, and ``changed`` the slots that differ from it, with their options.
    :param functions: whether functions are recorded.
    """

    def __init__(
        self, method: str, path: str, query: str, stack: str, changed: dict[str, str], functions: bool = False
    ) -> None:
        self.id = secrets.token_hex(6)
        self.at = datetime.now(UTC)
        self.method, self.path, self.query = method, path, query
        self.stack, self.changed, self.functions = stack, changed, functions
        self.steps: list[Step] = []
        self.statements: list[Statement] = []
        self.templates: list[str] = []
        self.messages: list[str] = []
        self.letters: list[str] = []
        self.endpoint: str | None = None
        self.request_headers: list[tuple[str, str]] = []
        self.response_headers: list[tuple[str, str]] = []
        self.session: dict[str, str] = {}
        self.status = ""
        self.duration = 0.0
        self.cost = 0.0
        self.dropped = 0
        self._open: list[int] = []
        self._begun = perf_counter()

    @classmethod
    def of(cls, environ: dict[str, Any], app: Flask, functions: bool) -> "Recording":
        """Begin to record a request."""
        parts = assembled(app)
        stack = parts.settings.values["STACK"]
        changed = {name: parts.choice[name].option.name for name in find_changed(stack, parts.choice)}
        path = unquote(environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"])
        return cls(environ["REQUEST_METHOD"], path, environ.get("QUERY_STRING", ""), stack, changed, functions)

    def now(self) -> float:
        """Return the milliseconds since the start of the request."""
        return (perf_counter() - self._begun) * 1_000

    def begin(self, kind: str, name: str, place: Place | None = None) -> Step | None:
        """Begin a step inside of the current one. Returns ``None`` if there are too many."""
        entered = perf_counter()
        if len(self.steps) >= MOST:
            self.dropped += 1
            return None
        step = Step(kind, name, place, self.now(), depth=len(self._open))
        self._open.append(len(self.steps))
        self.steps.append(step)
        self.cost += perf_counter() - entered
        return step

    def end(self, step: Step | None) -> None:
        """End a step, and those inside of it that were not ended."""
        entered = perf_counter()
        if step is None or step not in (self.steps[each] for each in self._open):
            return
        while self._open:
            last = self.steps[self._open.pop()]
            last.duration = self.now() - last.start
            if last is step:
                break
        self.cost += perf_counter() - entered

    def add_statement(self, sql: str, values: Any, start: float) -> None:
        """Add a statement that has been answered.

        :param start: what :meth:`now` returned before it was sent.
        """
        entered = perf_counter()
        if len(self.statements) >= MOST:
            self.dropped += 1
            return
        step = self._open[-1] if self._open else -1
        self.statements.append(Statement(sql, values, start, self.now() - start, step))
        self.cost += perf_counter() - entered

    def finish(self, status: str, headers: Headers) -> None:
        """End the recording."""
        self.status, self.duration = status, self.now()
        self.response_headers = list(headers.items())

    @property
    def is_kept(self) -> bool:
        """Whether it belongs into the history. Files such as styles and pictures do not."""
        return not (self.endpoint or "").endswith(("static", ".icon"))

    @property
    def sql_time(self) -> float:
        """Milliseconds in SQL."""
        return sum(each.duration for each in self.statements)

    def format_timing(self) -> str:
        """Format the header ``Server-Timing``.

        Source: https://www.w3.org/TR/server-timing/
        """
        count = len(self.statements)
        return f'sql;dur={self.sql_time:.2f};desc="{count} statements", total;dur={self.duration:.2f}'


CURRENT: ContextVar[Recording | None] = ContextVar("recording", default=None)
"""The recording of the request that this thread serves."""


@contextmanager
def record(recording: Recording) -> Iterator[None]:
    """Make a recording the current one."""
    token = CURRENT.set(recording)
    try:
        yield
    finally:
        CURRENT.reset(token)


def time_calls(function: Callable[..., Any], kind: str) -> Callable[..., Any]:
    """Let a function record a step whenever it is called."""
    place = locate(function)
    name = place.name if place else getattr(function, "__name__", repr(function))

    @wraps(function)
    def call(*arguments: Any, **named: Any) -> Any:
        recording = CURRENT.get()
        if recording is None:
            return function(*arguments, **named)
        step = recording.begin(kind, name, place)
        try:
            return function(*arguments, **named)
        finally:
            recording.end(step)

    return call


def locate(function: Callable[..., Any]) -> Place | None:
    """Find where a function is defined, below all its decorators. Functions in C have no place."""
    while hasattr(function, "__wrapped__"):
        function = function.__wrapped__
    code = getattr(function, "__code__", None)
    return Place(function.__module__, function.__qualname__, code.co_firstlineno) if code else None

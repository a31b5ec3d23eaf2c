"""The recording of one request, and the one that is current."""

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from itertools import islice
from time import perf_counter
from typing import Any

from flask import Flask
from werkzeug.datastructures import EnvironHeaders, Headers

from ...stack.assembly import assembled
from ...stack.describe import find_changed
from .functions import Calls, find_stack, watch_functions
from .masking import list_known, mask_headers, mask_path, mask_query
from .model import Call, Failure, Place, Statement, Step
from .sql import explain_missing

EXTENSION = "assembly_required.workbench"
"""The key in ``app.extensions`` of what :func:`describe_stack` has returned."""

MOST = 500
"""Steps, and statements, that are kept of one request."""

ROOM = 200_000
"""Characters of statements and their values that are kept of one request. A text that is repeated counts once."""

SHORTENED = 200
"""Characters of each statement that are kept when there is no room left."""

LARGEST = 1_000
"""Characters of the values of one statement, as Python writes them, up to which they are kept."""

HEADERS = 100
"""Headers, messages and templates that are kept of one request."""

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET", "SHOW")
"""How statements begin that control the connection. They are counted, but not kept."""


class Recording:
    """What happened during a request.

    :param method: the method and ``path`` the path of the request, with ``query`` after the question mark.
    :param stack: the named stack, and ``changed`` the slots that differ from it, with their options.
    :param functions: whether functions are recorded.
    :param without_sql: why there may be no statements; empty if there is no reason.
    """

    def __init__(
        self,
        method: str,
        path: str,
        query: str,
        stack: str,
        changed: dict[str, str],
        functions: bool = False,
        without_sql: str = "",
    ) -> None:
        self.id = secrets.token_hex(6)
        self.at = datetime.now(UTC)
        self.method, self.path, self.query = method, mask_path(path, {}), mask_query(query)
        self.stack, self.changed, self.functions, self.without_sql = stack, changed, functions, without_sql
        self.steps: list[Step] = []
        self.statements: list[Statement] = []
        self.controls = 0
        self.calls: list[Call] = []
        self.templates: list[str] = []
        self.messages: list[str] = []
        self.letters: list[str] = []
        self.endpoint: str | None = None
        self.request_headers: list[tuple[str, str]] = []
        self.response_headers: list[tuple[str, str]] = []
        self.session: dict[str, str] = {}
        self.failure: Failure | None = None
        self.status = ""
        self.duration = 0.0
        self.cost = 0.0
        self.dropped = 0
        self.sent = 0.0  # when the last statement was sent, for hooks that are called before and after
        self._room = ROOM
        self._texts: dict[str, str] = {}
        self._open: list[Step] = []
        self._phase: Step | None = None
        self._begun = perf_counter()
        self.enter("route")

    @classmethod
    def of(cls, environ: dict[str, Any], app: Flask, functions: bool) -> "Recording":
        """Begin to record a request."""
        stack, changed, without_sql = app.extensions.get(EXTENSION) or describe_stack(app)
        return cls._of(environ, stack, changed, functions, without_sql)

    @classmethod
    def of_peer(cls, environ: dict[str, Any], peer: str) -> "Recording":
        """Begin to record a request that is passed on to a peer, of which only the time is known."""
        recording = cls._of(environ, f"peer {peer}", {}, False, "The peer is a process of its own.")
        (step,) = recording.steps
        step.kind, step.name = "peer", peer
        return recording

    @classmethod
    def _of(
        cls, environ: dict[str, Any], stack: str, changed: dict[str, str], functions: bool, without_sql: str
    ) -> "Recording":
        query = environ.get("QUERY_STRING", "")
        recording = cls(environ["REQUEST_METHOD"], read_path(environ), query, stack, changed, functions, without_sql)
        recording.request_headers = mask_headers(islice(EnvironHeaders(environ), HEADERS))
        return recording

    def now(self) -> float:
        """Return the milliseconds since the start of the request."""
        return (perf_counter() - self._begun) * 1_000

    def begin(self, kind: str, name: str, place: Place | None = None) -> Step | None:
        """Begin a step inside of the current one. Returns ``None`` if there are too many."""
        entered = perf_counter()
        if len(self.steps) >= MOST:
            self.dropped += 1
            return None
        step = Step(kind, name, place, (entered - self._begun) * 1_000, depth=len(self._open))
        self._open.append(step)
        self.steps.append(step)
        self.cost += perf_counter() - entered
        return step

    def end(self, step: Step | None, error: str = "") -> None:
        """End a step, and those inside of it that were not ended.

        :param error: the type of the exception that ended it.
        """
        entered = perf_counter()
        if step is None or not self._is_open(step):
            return
        now, last = (entered - self._begun) * 1_000, None
        while last is not step:
            last = self._open.pop()
            last.duration = now - last.start
        step.error = error
        self.cost += perf_counter() - entered

    def _is_open(self, step: Step) -> bool:
        """Check whether a step has not ended. Most often it is the one that was begun last."""
        steps = self._open
        return bool(steps) and (steps[-1] is step or any(each is step for each in steps))

    def enter(self, phase: str, name: str = "", place: Place | None = None) -> None:
        """Begin a phase, and end the one before it.

        :param name: what runs; by default the name of the phase.
        """
        self.leave()
        self._phase = self.begin(phase, name or phase, place)

    def leave(self) -> None:
        """End the phase that was begun last."""
        self.end(self._phase)
        self._phase = None

    def find_open(self, kind: str) -> Step | None:
        """Return the innermost step of a kind that has not ended."""
        return next((step for step in reversed(self._open) if step.kind == kind), None)

    @property
    def phase(self) -> str:
        """The kind of the phase that was begun last and has not ended; empty for none."""
        phase = self._phase
        return phase.kind if phase and self._is_open(phase) else ""

    def add_statement(self, sql: str, values: Any, start: float, times: int = 1, error: str = "") -> None:
        """Add a statement that has been answered.

        :param start: what :meth:`now` returned before it was sent.
        :param times: how many rows of values it was sent with.
        :param error: the type of the exception if it failed.
        """
        entered = perf_counter()
        sql = str(sql)
        if sql[:20].lstrip().upper().startswith(CONTROL):
            self.controls += 1
        elif len(self.statements) >= MOST:
            self.dropped += 1
        else:
            duration = (entered - self._begun) * 1_000 - start
            step = self._open[-1] if self._open else None
            statement = Statement(self._keep(sql), self._keep_values(values), start, duration, step, times, error)
            if self.functions:
                statement.stack = find_stack()
            self.statements.append(statement)
        self.cost += perf_counter() - entered

    def _keep(self, sql: str) -> str:
        """Return a statement to keep: one object for equal texts, and shortened if there is no room."""
        if sql not in self._texts:
            if len(sql) > self._room:
                return sql[:SHORTENED]
            self._texts[sql] = sql
            self._room -= len(sql)
        return self._texts[sql]

    def _keep_values(self, values: Any) -> Any:
        """Return values to keep, or ``None`` if they are too large."""
        if not values:
            return ()
        size = len(repr(values))
        if size > min(LARGEST, self._room):
            return None
        self._room -= size
        return values

    @contextmanager
    def record_calls(self) -> Iterator[None]:
        """Record the functions that run inside of the block."""
        calls = Calls()
        try:
            with watch_functions(calls):
                yield
        finally:
            self.calls = calls.list()
            self.dropped += calls.dropped

    def fail(self, failure: Failure) -> None:
        """Note the exception that the request ends with. The first one is kept."""
        self.failure = self.failure or failure

    def finish(self, status: str, headers: Headers) -> None:
        """End the recording."""
        if self._open:
            self.end(self._open[0])
        self.status, self.duration = status, self.now()
        self.response_headers = mask_headers(islice(headers, HEADERS))
        self._texts.clear()

    @property
    def is_kept(self) -> bool:
        """Whether it belongs into the history. Files such as styles and pictures do not."""
        return not (self.endpoint or "").endswith(("static", ".icon"))

    @property
    def known(self) -> frozenset[str]:
        """The texts that are in the address, and so may be shown among the values of a statement."""
        return list_known(self.path, self.query)

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
        if recording.functions:
            with recording.record_calls():
                yield
        else:
            yield
    finally:
        CURRENT.reset(token)


def read_path(environ: dict[str, Any]) -> str:
    """Return the path of a request, with the path prefix of the app."""
    path: str = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]
    return path.encode("latin-1").decode(errors="replace")  # source: PEP 3333


def describe_stack(app: Flask) -> tuple[str, dict[str, str], str]:
    """Return the named stack of an app, the slots that differ from it, and why there may be no statements."""
    parts = assembled(app)
    stack: str = parts.settings.values["STACK"]
    return stack, find_changed(stack, parts.choice), explain_missing(parts.choice)

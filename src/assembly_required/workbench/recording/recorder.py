"""The recording of one request, and the one that is current."""

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache, lru_cache
from itertools import islice
from time import perf_counter
from typing import Any

from flask import Flask
from werkzeug.datastructures import EnvironHeaders

from ...stack.assembly import assembled
from ...stack.describe import find_changed
from .functions import Calls, find_stack, watch_functions
from .masking import LONGEST, list_known, mask_header, mask_headers, mask_query, mask_text
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
"""Headers, messages and names of form fields that are kept of one request."""

OF_PEER = "peer "
"""If a peer has answered, the name of the stack begins with this."""

COLD = 4
"""How many times as long it takes to record a step of a page as to record one of many in a loop. In the loop, code and
data are in the caches of the processor. The factor was measured with pages, with and without their steps."""

CONTROL = ("BEGIN", "COMMIT", "ROLLBACK", "SAVEPOINT", "RELEASE", "PRAGMA", "SET", "SHOW")
"""How statements begin that control the connection. They are counted, but not kept."""


class Recording:
    """What happened during a request.

    :param environ: the WSGI environment of the request.
    :param stack: the named stack, and ``changed`` the slots that differ from it, with their options.
    :param functions: whether functions are recorded.
    :param without_sql: why there may be no statements; empty if there is no reason.

    After :meth:`finish`, ``cost`` is about how many seconds it took to record the request, without the bar.
    """

    def __init__(
        self,
        environ: dict[str, Any],
        stack: str,
        changed: dict[str, str],
        functions: bool = False,
        without_sql: str = "",
    ) -> None:
        self._entered = perf_counter()
        self.id = secrets.token_hex(6)
        self.at = datetime.now(UTC)
        self.method: str = environ["REQUEST_METHOD"]
        self.path, self.query = mask_text(read_path(environ)), mask_query(environ.get("QUERY_STRING", ""))
        self.stack, self.changed, self.functions, self.without_sql = stack, changed, functions, without_sql
        self.steps: list[Step] = []
        self.statements: list[Statement] = []
        self.controls = 0
        self.calls: list[Call] = []
        self.messages: list[str] = []
        self.letters: list[str] = []
        self.endpoint: str | None = None
        self.fields: list[str] = []
        self.session: dict[str, str] = {}
        self.failure: Failure | None = None
        self.status = ""
        self.duration = 0.0
        self.cost = 0.0
        self.dropped = 0
        self._received = keep_headers(environ)
        self._answered: list[tuple[str, str]] = []
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
        return cls(environ, stack, changed, functions, without_sql)

    @classmethod
    def of_peer(cls, environ: dict[str, Any], peer: str) -> "Recording":
        """Begin to record a request that is passed on to a peer, of which only the time is known."""
        recording = cls(environ, f"{OF_PEER}{peer}", {}, without_sql="The peer is a process of its own.")
        (step,) = recording.steps
        step.kind, step.name = "peer", peer
        return recording

    def now(self) -> float:
        """Return the milliseconds since the start of the request."""
        return (perf_counter() - self._begun) * 1_000

    def begin(self, kind: str, name: str, place: Place | None = None) -> Step | None:
        """Begin a step inside of the current one. Returns ``None`` if there are too many."""
        if len(self.steps) >= MOST:
            self.dropped += 1
            return None
        step = Step(kind, name, place, self.now(), 0.0, len(self._open))
        self._open.append(step)
        self.steps.append(step)
        return step

    def end(self, step: Step | None, error: str = "") -> None:
        """End a step, and those inside of it that were not ended.

        :param error: the type of the exception that ended it.
        """
        if step is None or not self._is_open(step):
            return
        now, last = self.now(), None
        while last is not step:
            last = self._open.pop()
            last.duration = now - last.start
        step.error = error

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

    def run_statement(self, sql: Any, values: Any, execute: Callable[..., Any], *arguments: Any, times: int = 1) -> Any:
        """Execute a statement, add it, and return what ``execute`` returns.

        :param execute: called with the ``arguments``.
        :param times: how many rows of values it is sent with.
        """
        start, error = self.now(), ""
        try:
            return execute(*arguments)
        except Exception as caught:
            error = type(caught).__name__
            raise
        finally:
            self.add_statement(sql, values, start, times, error)

    def add_statement(self, sql: Any, values: Any, start: float, times: int = 1, error: str = "") -> None:
        """Add a statement that has been answered.

        :param sql: the statement: a text, or an object of the driver that ``str`` turns into one.
        :param start: what :meth:`now` returned before it was sent.
        :param times: how many rows of values it was sent with.
        :param error: the type of the exception if it failed.
        """
        text = str(sql)
        if controls_connection(text):
            self.controls += 1
        elif len(self.statements) >= MOST:
            self.dropped += 1
        else:
            step = self._open[-1] if self._open else None
            duration = self.now() - start
            statement = Statement(self._keep(text), self._keep_values(values), start, duration, step, times, error)
            if self.functions:
                statement.stack = find_stack()
            self.statements.append(statement)

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

    def finish(self, status: str, headers: list[tuple[str, str]]) -> None:
        """End the recording."""
        if self._open:
            self.end(self._open[0])
        self.status, self.duration = status, self.now()
        self._answered = [
            (name, value if len(value) <= LONGEST else mask_header(name, value)) for name, value in headers[:HEADERS]
        ]
        self._texts.clear()
        around = perf_counter() - self._entered - self.duration / 1_000
        self.cost = around + measure_step() * (len(self.steps) + len(self.statements))

    @property
    def request_headers(self) -> list[tuple[str, str]]:
        """The headers of the request, without what is secret in them."""
        return mask_headers(islice(EnvironHeaders(self._received), HEADERS))

    @property
    def response_headers(self) -> list[tuple[str, str]]:
        """The headers of the response, without what is secret in them."""
        return mask_headers(self._answered)

    @property
    def is_kept(self) -> bool:
        """Whether it belongs into the history. Files such as styles and pictures do not."""
        return not (self.endpoint or "").endswith(("static", ".icon"))

    @property
    def templates(self) -> list[str]:
        """The names of the templates that were rendered, in this order."""
        return [step.name for step in self.steps if step.kind == "template"]

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


@cache
def measure_step() -> float:
    """Return about how many seconds it takes to record a step of a page. A statement is taken to cost the same."""
    recording = Recording({"REQUEST_METHOD": "GET", "PATH_INFO": "/"}, "", {})
    start = perf_counter()
    for _ in range(MOST):
        recording.end(recording.begin("", ""))
    return COLD * (perf_counter() - start) / MOST


@lru_cache(500)
def controls_connection(sql: str) -> bool:
    """Check whether a statement only controls the connection.

    >>> controls_connection("begin immediate"), controls_connection("SELECT 1")
    (True, False)
    """
    return sql[:20].lstrip().upper().startswith(CONTROL)


def read_path(environ: dict[str, Any]) -> str:
    """Return the path of a request, with the path prefix of the app."""
    path: str = environ.get("SCRIPT_NAME", "") + environ["PATH_INFO"]
    return path.encode("latin-1").decode(errors="replace")  # source: PEP 3333


def keep_headers(environ: dict[str, Any]) -> dict[str, str]:
    """Return the headers of a request as they are in the WSGI environment.

    Secrets are hidden when the headers are shown. In values that are shortened they are hidden now, because a part of
    a secret would not be recognised later.

    >>> keep_headers({"HTTP_HOST": "localhost", "CONTENT_TYPE": "text/html", "PATH_INFO": "/"})
    {'HTTP_HOST': 'localhost', 'CONTENT_TYPE': 'text/html'}
    """
    kept = {name: value for name, value in environ.items() if name[:5] in ("HTTP_", "CONTE")}
    for name in [name for name, value in kept.items() if len(value) > LONGEST]:
        kept[name] = mask_header(name.removeprefix("HTTP_").replace("_", "-"), kept[name])
    return kept


def describe_stack(app: Flask) -> tuple[str, dict[str, str], str]:
    """Return the named stack of an app, the slots that differ from it, and why there may be no statements."""
    parts = assembled(app)
    stack: str = parts.settings.values["STACK"]
    return stack, find_changed(stack, parts.choice), explain_missing(parts.choice)

"""Where CPU time goes: samples of the stack, counted by the group of the package that was running.

A timer sends a signal after each few milliseconds of CPU time. The handler looks at the stack of the main thread: it
walks outwards from the innermost frame until it finds a package with a group; so the standard library counts for its
caller, except for its modules in :data:`GROUPS`. Functions in C count for the function in Python that calls them;
:mod:`.watching` gives those that matter a frame.

What this distorts: the wrappers add a call for each statement and each fetch, less than a microsecond. With 500 samples
a share has a standard error of about two percentage points. FastAPI runs functions without ``async`` in other threads;
here they run in the main thread, so the cost of the change of threads is missing from the framework's share. On
PostgreSQL, the server's own time is not CPU time of this process, and is not counted.
"""

import signal
import sys
from collections import Counter
from collections.abc import Callable
from functools import cache
from threading import active_count
from time import process_time
from types import FrameType

GROUPS = {
    **dict.fromkeys(("sqlite3", "aiosqlite", "psycopg", "psycopg_binary", "psycopg_pool"), "sql"),
    **dict.fromkeys(("sqlalchemy", "flask_sqlalchemy", "peewee", "playhouse", "django.db"), "orm"),
    **dict.fromkeys(("marshmallow", "webargs", "pydantic", "pydantic_core", "msgspec", "json"), "serialization"),
    **dict.fromkeys(
        (f"rest_framework.{name}" for name in ("serializers", "fields", "relations", "renderers", "utils", "parsers")),
        "serialization",
    ),
    "fastapi.encoders": "serialization",
    "asyncio": "framework",
    **dict.fromkeys(("accounts", "api", "articles"), "ours"),
    **dict.fromkeys(("conduit_django", "conduit_fastapi", "conduit_fastapi_async"), "ours"),
    "assembly_required": "ours",
    "assembly_required.lab.compare": "",
    "assembly_required.lab.compare.baselines": "ours",
    "assembly_required.lab.compare.watching": "sql",
    "__main__": "",
}
"""The group of a package or module. The longest name counts; ``""`` is the measurement itself, which is left out.

Any other package is part of the framework.
"""

SERIALIZER = "call_serializer"
"""The function of :mod:`.watching` around serializers."""

INTERVAL = 0.001
"""Seconds of CPU time between two samples; the kernel's clock may make it longer."""


@cache
def find_group(name: str) -> str | None:
    """Return the group of a module, or ``None`` for a module of the standard library that has none.

    >>> find_group("django.db.models.query"), find_group("django.http"), find_group("re")
    ('orm', 'framework', None)
    """
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        if (group := GROUPS.get(".".join(parts[:length]))) is not None:
            return group
    return None if parts[0] in sys.stdlib_module_names else "framework"


def classify(frame: FrameType | None) -> str:
    """Return the group of a stack, from its innermost frame."""
    if frame and frame.f_globals.get("__name__") == "selectors" and active_count() > 1:
        return "sql"  # the event loop waits for the thread of a database driver
    while frame:
        if frame.f_code.co_name == SERIALIZER:
            return "serialization"
        group = find_group(frame.f_globals.get("__name__", ""))
        if group is not None:
            return group
        frame = frame.f_back
    return ""


def sample(work: Callable[[], object], seconds: float) -> dict[str, int]:
    """Repeat some work for ``seconds`` of CPU time, and count the samples of each group. On Windows there are none."""
    found: Counter[str] = Counter()
    if sys.platform == "win32":
        return {}  # there is no timer of CPU time

    def look(number: int, frame: FrameType | None) -> None:
        found[classify(frame)] += 1

    work()
    signal.signal(signal.SIGPROF, look)
    signal.setitimer(signal.ITIMER_PROF, INTERVAL, INTERVAL)
    end = process_time() + seconds
    while process_time() < end:
        work()
    signal.setitimer(signal.ITIMER_PROF, 0)
    return {group: number for group, number in found.items() if group}

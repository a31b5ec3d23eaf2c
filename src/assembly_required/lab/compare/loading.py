"""Compare five ways to load one page of articles, with each ORM.

The apps are the examples in ``examples/loading``: lazy relationships, eager ones, columns only, a statement that was
built once, and SQL by hand. All of them read the same 20 articles from an SQLite file of their own.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from flask import Flask

from .endpoints import Different
from .measure import Tick, Timing, calls, time_blocks
from .statements import COUNTED, trace

PAGE = 20
"""The number of articles on the page."""

ORMS = {"flask_sqlalchemy": "flask_sqlalchemy", "peewee": "peewee", "django": "django_in_flask"}
"""The modules that an ORM needs, and its example."""

WAYS = ("eager", "lazy", "columns", "prepared", "by_hand")

Read = Callable[[int], Any]
"""Loads a page of this many articles."""


@dataclass(frozen=True)
class Way:
    """One way to load a page, with one ORM.

    :param statements: the number of SQL statements.
    """

    orm: str
    name: str
    statements: int
    timing: Timing


def find_installed() -> list[str]:
    """Find the ORMs that are installed."""
    return [orm for orm in ORMS if find_spec(orm)]


def compare_loading(folder: Path, rounds: int, tick: Tick) -> list[Way]:
    """Time each way with each installed ORM, in one run. The first is the reference.

    :param folder: where the databases are created.
    :raises Different: two ways load different articles.
    """
    with trace() as seen:
        loaded = {orm: load_ways(orm, folder) for orm in find_installed()}
        ways = {(orm, name): loaded[orm][name] for name in WAYS for orm in loaded}
        check_answers(ways)
        statements = {key: count_statements(read, seen) for key, read in ways.items()}
    timings = time_blocks([partial(calls, read, PAGE) for read in ways.values()], rounds, tick)
    return [Way(orm, name, statements[orm, name], timing) for (orm, name), timing in zip(ways, timings, strict=True)]


def load_ways(orm: str, folder: Path) -> dict[str, Read]:
    """Load the example of an ORM, and return its ways by name. Each call runs in an app context of its own."""
    example = import_module(f"assembly_required.examples.loading.{ORMS[orm]}_app")
    app = example.create_app(str(folder / f"{orm}.sqlite3"))
    return {name: partial(run_in_context, app, way) for name, way in example.WAYS.items()}


def run_in_context(app: Flask, way: Read, size: int) -> Any:
    with app.app_context():
        return way(size)


def check_answers(ways: Mapping[tuple[str, str], Read]) -> None:
    """Check that all ways load the same articles.

    :raises Different: two of them do not.
    """
    (first, expected), *others = ((key, read(PAGE)) for key, read in ways.items())
    for key, found in others:
        if found != expected:
            raise Different(f"{' '.join(key)} does not load the same articles as {' '.join(first)}.")


def count_statements(read: Read, seen: list[str]) -> int:
    """Count the SQL statements of one call."""
    seen.clear()
    read(PAGE)
    return sum(statement.lstrip().upper().startswith(COUNTED) for statement in seen)

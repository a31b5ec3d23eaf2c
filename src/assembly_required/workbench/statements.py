"""The statements of a request, with those of the same text together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlparse
from sqlparse.exceptions import SQLParseError
from sqlparse.tokens import Literal

from .recording.masking import HIDDEN, mask_value
from .recording.model import Place, Statement, Step
from .recording.recorder import Recording
from .timeline import describe_statement

REPEATED = 3
"""From how many runs on, with different values each, a statement is marked as N+1."""

LONGEST = 5_000
"""Characters of a statement up to which it is formatted."""


@dataclass
class Run:
    """One run of a statement.

    :param number: its number among the statements of the request, from 0.
    :param values: its values, as they may be shown.
    :param sender: the step that sent it.
    """

    number: int
    start: float
    duration: float
    values: str
    times: int
    error: str
    sender: Step | None
    stack: Sequence[Place]


@dataclass
class Group:
    """A statement and its runs.

    :param title: what it does, and to which table.
    :param sql: its text, formatted.
    :param different: with how many different values it ran.
    """

    title: str
    sql: str
    runs: list[Run] = field(default_factory=list)
    different: int = 0

    @property
    def duration(self) -> float:
        """Milliseconds of all runs."""
        return sum(run.duration for run in self.runs)

    @property
    def is_n_plus_one(self) -> bool:
        """Whether it ran once for each of several values."""
        return self.different >= REPEATED

    @property
    def is_repeated(self) -> bool:
        """Whether it ran more than once with the same values."""
        return len(self.runs) > self.different


def group_statements(recording: Recording) -> list[Group]:
    """Return the statements, each text once, in the order of their first run."""
    groups: dict[str, Group] = {}
    values: dict[str, set[Any]] = {}
    known = recording.known
    for number, each in enumerate(recording.statements):
        if each.sql not in groups:
            groups[each.sql] = Group(describe_statement(each), format_sql(each.sql, known))
        groups[each.sql].runs.append(make_run(number, each, known))
        values.setdefault(each.sql, set()).add(number if each.values is None else repr(each.values))
    for sql, group in groups.items():
        group.different = len(values[sql])
    return list(groups.values())


def make_run(number: int, each: Statement, known: frozenset[str]) -> Run:
    """Prepare a run for the page."""
    values = format_values(each, known)
    return Run(number, each.start, each.duration, values, each.times, each.error, each.step, each.stack)


def format_values(statement: Statement, known: frozenset[str]) -> str:
    """Format the values of a statement. What could be secret is hidden."""
    if statement.values is None:
        return "too large to keep"
    if statement.times > 1:
        return f"{statement.times} rows"
    if isinstance(statement.values, Mapping):
        return ", ".join(f"{name} = {mask_value(value, known)}" for name, value in statement.values.items())
    return ", ".join(mask_value(value, known) for value in statement.values)


@lru_cache(200)
def format_sql(sql: str, known: frozenset[str]) -> str:
    """Format a statement with one clause per line. Texts in it are treated like values.

    >>> print(format_sql("SELECT a FROM b WHERE c = 'secret' AND d = 1", frozenset()))
    SELECT a
    FROM b
    WHERE c = '(hidden)'
      AND d = 1
    """
    try:
        whole = sqlparse.format(sql, reindent=True, strip_whitespace=True) if len(sql) <= LONGEST else sql
        parsed: list[Any] = [*sqlparse.parse(whole)]
        tokens = [token for statement in parsed for token in statement.flatten()]
    except SQLParseError:
        return HIDDEN
    text = "".join(
        f"'{mask_value(token.value[1:-1], known)}'" if token.ttype is Literal.String.Single else token.value
        for token in tokens
    )
    return re.sub(r",\s+(?=[?%])", ", ", text).strip()  # marks for values need no lines of their own

"""The way of a request through the app, as rows of a table."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .recording.model import Place, Statement
from .recording.recorder import Recording

WORDS = {
    "route": "find the view for the address, open the session, run what comes before each view",
    "view": "the function for this address, with all that it does",
    "authentication": "who asks?",
    "look-up": "load what the address names",
    "authorization": "may they do it?",
    "validation": "is what was sent valid?",
    "handler": "do what was asked",
    "serialization": "write the result as JSON",
    "store": "read or write the data",
    "hashing": "compute or check a password hash",
    "limits": "is one more attempt allowed?",
    "template": "write the page",
    "error": "write the answer to the error",
    "peer": "the whole request, in a process of its own",
    "response": "add headers, save the session",
}
"""What each kind of step does, in a few words."""

DEEPEST = 8
"""How far rows are indented."""


@dataclass
class Row:
    """A row: a step, or statements that were sent one after the other.

    :param kind: the kind of the step, or ``SQL``.
    :param words: what this kind does, where it is named first.
    :param left: where its bar begins, and ``width`` how long it is, in percent of the request.
    :param number: the number of the statement; ``None`` for a step.
    :param count: how many statements of the same text it stands for.
    """

    kind: str
    name: str
    words: str
    place: Place | None
    depth: int
    start: float
    duration: float
    error: str = ""
    number: int | None = None
    count: int = 1
    left: float = 0.0
    width: float = 0.0


def list_rows(recording: Recording) -> list[Row]:
    """Return the rows in the order in which they began."""
    rows = merge([*list_steps(recording), *list_statements(recording)])
    whole = max(recording.duration, 0.001)
    named: set[str] = set()
    for row in rows:
        row.left = min(round(100 * row.start / whole, 2), 99.5)
        row.width = min(max(round(100 * row.duration / whole, 2), 0.5), 100 - row.left)
        row.words = "" if row.kind in named else WORDS.get(row.kind, "")
        named.add(row.kind)
    return rows


def list_steps(recording: Recording) -> Iterator[Row]:
    """Yield a row for each step. A step inside of one of its own kind is not named twice."""
    for step in recording.steps:
        name = "" if step.name == step.kind else step.name
        yield Row(step.kind, name, "", step.place, min(step.depth, DEEPEST), step.start, step.duration, step.error)


def list_statements(recording: Recording) -> Iterator[Row]:
    """Yield a row for each statement."""
    for number, each in enumerate(recording.statements):
        depth = each.step.depth + 1 if each.step else 0
        name = describe_statement(each)
        yield Row("SQL", name, "", None, min(depth, DEEPEST), each.start, each.duration, each.error, number)


def merge(rows: list[Row]) -> list[Row]:
    """Sort rows by time, and put statements of one text that follow each other into one row."""
    merged: list[Row] = []
    for row in sorted(rows, key=lambda row: row.start):
        last = merged[-1] if merged else None
        if last and last.kind == row.kind == "SQL" and (last.name, last.depth) == (row.name, row.depth):
            last.count += 1
            last.duration += row.duration
            last.error = last.error or row.error
        else:
            merged.append(row)
    return merged


def describe_statement(statement: Statement) -> str:
    """Describe a statement in a few words: what it does, and to which table.

    >>> describe_statement(Statement('SELECT a FROM "users" WHERE id = ?', (), 0))
    'SELECT users'
    """
    table = find_table(statement.sql)
    return f"{statement.kind} {table}".rstrip()


NAMES_TABLE = re.compile(r"""\(|\)|\b(?:FROM|INTO|UPDATE)\s+["`]?([\w.]+)""", re.IGNORECASE)
"""A parenthesis, or the name of a table."""


def find_table(sql: str) -> str:
    """Return the first table that a statement names outside of parentheses, or else inside.

    >>> find_table("INSERT INTO tags (name) VALUES (?)"), find_table('UPDATE "users" SET bio = ?')
    ('tags', 'users')
    >>> find_table("SELECT (SELECT count(*) FROM favorites) FROM articles"), find_table("SELECT 1")
    ('articles', '')
    """
    depth, inside = 0, ""
    for found in NAMES_TABLE.finditer(sql):
        name = found[1]
        if name is None:
            depth += 1 if found[0] == "(" else -1
        elif depth == 0:
            return name
        else:
            inside = inside or name
    return inside

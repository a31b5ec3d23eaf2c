"""What a token carries, and how long it is.

*In Django* REST framework's is 40 random letters, a row in a table; there is nothing to read in it.

*Here* the adapters issue one, and it is taken apart: its parts are base64, and what is JSON in them can be read by
whoever finds it. That nobody can *write* it is for the signature.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.lab.differences.hashing`.
"""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from ...stack.assembly import assembled
from ...stack.settings import Settings
from ...stack.slots import SLOTS, Slot
from . import Watch, entry
from .here import app_with, costs
from .table import Cell, Row, Table

USER_ID = 1

ITSDANGEROUS = ("payload", "issued", "signature")

PARTS = {
    "plain": ITSDANGEROUS,
    "flask_httpauth": ITSDANGEROUS,
    "flask_jwt_extended": ("header", "payload", "signature"),
}
"""What the parts of a token are, by option."""

ABOUT = (
    f"Each adapter issued a token to the user with the id {USER_ID}. The parts between its dots are base64: what is "
    "JSON in them is shown, everybody can read it; of the rest the size. The key of each was thrown away."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["tokens"]) -> list[Table]:
    """Let every adapter issue a token."""
    rows, absent = [], {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
            continue
        with app_with(settings, slot, option, **costs(settings)) as app:
            token = issue(app)
        names = PARTS.get(option.name, ())
        rows.append(Row(option.name, {**measured(token), **apart(token, names)}))
    return [Table("What a token carries", ABOUT, "option", rows, findings(rows), absent)]


def issue(app: Flask) -> str:
    """A token that the same adapter takes for the user's."""
    tokens = assembled(app).tokens
    with app.app_context():
        token = tokens.issue(USER_ID)
    with app.test_request_context(headers={"Authorization": f"Token {token}"}):
        if tokens.caller() != USER_ID:
            raise AssertionError(f"The adapter does not know its own token {token!r}.")
    return token


def measured(token: str) -> dict[str, Cell]:
    """The token as a whole."""
    return {"token": Cell(token, "code"), "length": Cell(f"{len(token)} characters", raw=len(token))}


def apart(token: str, names: tuple[str, ...]) -> dict[str, Cell]:
    """The parts of a token.

    >>> {name: cell.text for name, cell in apart("MQ.aZ3fQA", ("payload", "issued")).items()}
    {'payload': '1', 'issued': '2026-02-24T17:26:24+00:00'}
    """
    parts = token.split(".")
    names = names if len(names) == len(parts) else tuple(f"part {number}" for number in range(1, len(parts) + 1))
    return {name: decoded(name, part) for name, part in zip(names, parts, strict=True)}


def decoded(name: str, part: str) -> Cell:
    """What a part holds: a time, JSON, or bytes that say nothing."""
    data = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if name == "issued":
        return Cell(datetime.fromtimestamp(int.from_bytes(data), UTC).isoformat())
    try:
        value: Any = json.loads(data)
    except ValueError:
        return Cell(f"{len(data)} bytes", raw={"bytes": len(data)})
    return Cell(json.dumps(value), "code", value)


def findings(rows: list[Row]) -> list[str]:
    """The sum of it."""
    lengths = {row.name: row.cells["length"].raw for row in rows}
    return [f"{name}: {length} characters." for name, length in sorted(lengths.items(), key=lambda pair: pair[1])]

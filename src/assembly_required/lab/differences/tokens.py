"""Show the parts of a token and its length.

Each adapter issues a token. Its parts are base64, so everybody who has the token can read the JSON inside; the
signature only prevents changes.
"""

import json
from base64 import urlsafe_b64decode
from datetime import UTC, datetime
from typing import Any

from flask import Flask

from ...conduit.model import Caller, User
from ...stack.assembly import assembled
from ...stack.settings import Settings
from ...stack.slots import SLOTS, Slot
from . import Watch, entry
from .frameworks import ask_all
from .here import app_with, costs
from .people import EMAIL, USERNAME
from .table import Cell, Row, Table

USER = User(1, USERNAME, EMAIL, bio=None, image=None, token_generation=0)

ITSDANGEROUS = ("payload", "issued", "signature")
JWT = ("header", "payload", "signature")

PARTS = {
    "plain": ITSDANGEROUS,
    "flask_httpauth": ITSDANGEROUS,
    "flask_jwt_extended": JWT,
    "fastapi": JWT,
    "rest_framework": (),
}
"""The names of the parts of a token, by option or framework. No parts: nothing in it can be read."""

OPAQUE = Cell("none: a random key, the database knows whose it is and since when", raw={})

ABOUT = (
    f"Each adapter issued a token for the user with the id {USER.id}. The parts between its dots are base64. JSON in "
    "them is shown, because everybody can read it; of other parts only the size. The keys are temporary. "
    "rest_framework and fastapi issued a token as their documentation shows, for the same user."
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
        rows.append(build_row(option.name, token))
    rows += [build_row(name, token) for name, token in ask_all("tokens", absent)]
    return [Table("What a token carries", ABOUT, "option", rows, findings(rows), absent)]


def issue(app: Flask) -> str:
    """Issue a token, and check that the adapter accepts it."""
    tokens = assembled(app).tokens
    with app.app_context():
        token = tokens.issue(USER)
    with app.test_request_context(headers={"Authorization": f"Token {token}"}):
        if tokens.caller() != Caller(USER.id, USER.token_generation, token):
            raise AssertionError(f"The adapter rejects its own token {token!r}.")
    return token


def build_row(name: str, token: str) -> Row:
    """Return the row of an option or framework."""
    names = PARTS.get(name)
    return Row(name, {**measure(token), **({"payload": OPAQUE} if names == () else split_token(token, names or ()))})


def measure(token: str) -> dict[str, Cell]:
    """Return the cells for the whole token."""
    return {"token": Cell(token, "code"), "length": Cell(f"{len(token)} characters", raw=len(token))}


def split_token(token: str, names: tuple[str, ...]) -> dict[str, Cell]:
    """Return a cell for each part of a token.

    >>> {name: cell.text for name, cell in split_token("MQ.aZ3fQA", ("payload", "issued")).items()}
    {'payload': '1', 'issued': '2026-02-24T17:26:24+00:00'}
    """
    parts = token.split(".")
    names = names if len(names) == len(parts) else tuple(f"part {number}" for number in range(1, len(parts) + 1))
    return {name: decode_part(name, part) for name, part in zip(names, parts, strict=True)}


def decode_part(name: str, part: str) -> Cell:
    """Decode a part: a time, JSON, or the number of its bytes."""
    data = urlsafe_b64decode(part + "=" * (-len(part) % 4))
    if name == "issued":
        return Cell(datetime.fromtimestamp(int.from_bytes(data), UTC).isoformat())
    try:
        value: Any = json.loads(data)
    except ValueError:
        return Cell(f"{len(data)} bytes", raw={"bytes": len(data)})
    return Cell(json.dumps(value), "code", value)


def findings(rows: list[Row]) -> list[str]:
    """List the lengths, shortest first."""
    lengths = {row.name: row.cells["length"].raw for row in rows}
    return [f"{name}: {length} characters." for name, length in sorted(lengths.items(), key=lambda pair: pair[1])]

"""Show what password hashes look like, and how long it takes to verify one.

Each adapter hashes a password with the configured costs and verifies it on this machine. The library that made the
hash reads its parameters, if it has a function for that.
"""

from collections.abc import Callable
from typing import Any

from ...conduit.interfaces import Hashing
from ...stack.assembly import assembled
from ...stack.settings import Settings
from ...stack.slots import SLOTS, Slot
from . import Watch, entry
from .frameworks import ask_all
from .here import app_with, costs
from .people import PASSWORD
from .table import Cell, Row, Table
from .timing import ROUNDS, time_verify

ABOUT = (
    f"Each adapter hashed the same password with the configured costs, and verified it {ROUNDS} times on this machine; "
    "rest_framework and fastapi did so with the costs that they, or their tutorial, choose. The time is the median. "
    "Every login takes this time; an attacker needs it, and the memory, for each guess."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["hashing"]) -> list[Table]:
    """Let every adapter hash and verify a password."""
    rows, absent = [], {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
            continue
        with app_with(settings, slot, option, **costs(settings)) as app, app.app_context():
            rows.append(Row(option.name, measure(assembled(app).hashing, READ.get(option.name))))
    for name, made in ask_all("hashing", absent):
        rows.append(Row(name, show(made["hash"], made["milliseconds"], READ_FRAMEWORK[name])))
    return [Table("What a hash looks like, and what it costs", ABOUT, "option", rows, [], absent)]


def measure(hashing: Hashing, read: "Read | None") -> dict[str, Cell]:
    """Make one hash, and measure how long it takes to verify it."""
    password_hash = hashing.hash(PASSWORD)
    return show(password_hash, time_verify(lambda: hashing.verify(password_hash, PASSWORD)), read)


def show(password_hash: str, milliseconds: float, read: "Read | None") -> dict[str, Cell]:
    """Return the cells for a hash."""
    parameters, memory = read(password_hash) if read else ({}, None)
    listed = ", ".join(f"{name} = {value}" for name, value in parameters.items())
    return {
        "hash": Cell(password_hash, "code"),
        "length": Cell(f"{len(password_hash)} characters", raw=len(password_hash)),
        "parameters": Cell(listed or "unknown", raw=parameters),
        "memory": Cell(f"{memory / 2**20:.1f} MiB" if memory else "no parameter", raw={"bytes": memory}),
        "verify": Cell(f"{milliseconds:.1f} ms", raw={"milliseconds": milliseconds}),
    }


Parameters = tuple[dict[str, Any], int | None]
"""The cost parameters in a hash, and the memory in bytes they require, if known."""

Read = Callable[[str], Parameters]


def werkzeug(password_hash: str) -> Parameters:
    """Read the scrypt parameters, for which Werkzeug has no function. The memory follows from RFC 7914."""
    method, n, r, p = password_hash.partition("$")[0].split(":")
    return {"method": method, "N": int(n), "r": int(r), "p": int(p)}, 128 * int(n) * int(r)


def argon2(password_hash: str) -> Parameters:
    """Read the parameters with argon2-cffi."""
    from argon2 import extract_parameters

    parsed = extract_parameters(password_hash)
    costs = {"t": parsed.time_cost, "m": parsed.memory_cost, "p": parsed.parallelism}
    return {"method": f"argon2{parsed.type.name.lower()}", **costs}, parsed.memory_cost * 1024


def django(password_hash: str) -> Parameters:
    """Read the parameters with Django's hasher."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    parsed = PBKDF2PasswordHasher().decode(password_hash)
    return {"method": parsed["algorithm"], "iterations": parsed["iterations"]}, None


READ: dict[str, Read] = {"plain": werkzeug, "argon2": argon2, "django": django}
"""The function that reads the parameters of a hash, by option."""

READ_FRAMEWORK: dict[str, Read] = {"rest_framework": django, "fastapi": argon2}
"""The same, by framework."""

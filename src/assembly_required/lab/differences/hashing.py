"""What a password's hash looks like, and what it costs to verify one.

*In Django* ``hasher.safe_summary()`` shows the first half of it in the admin.

*Here* each adapter makes a hash with the configured costs, and verifies it on this machine. What the hash says of
itself is read by the library that made it, where that has a function for it.

*What it costs*: as long as several logins.

*Next*: :mod:`assembly_required.lab.differences.rendering`.
"""

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from ...conduit.interfaces import Hashing
from ...stack.assembly import assembled
from ...stack.settings import Settings
from ...stack.slots import SLOTS, Slot
from . import Watch, entry
from .here import app_with, costs
from .table import Cell, Row, Table

PASSWORD = "correct horse battery staple"  # noqa: S105 (of nobody)

ROUNDS = 3

ABOUT = (
    f"Each adapter hashed the same password with the configured costs, and verified it {ROUNDS} times on this machine; "
    "the time is the median, and every login takes it. An attacker takes it for each guess, and the memory too."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["hashing"]) -> list[Table]:
    """Let every adapter hash and verify."""
    rows, absent = [], {}
    for option in watch(slot.options):
        if option.missing():
            absent[option.name] = str(entry(slot, option))
            continue
        with app_with(settings, slot, option, **costs(settings)) as app, app.app_context():
            rows.append(Row(option.name, measured(option.name, assembled(app).hashing)))
    return [Table("What a hash looks like, and what it costs", ABOUT, "option", rows, [], absent)]


def measured(option: str, hashing: Hashing) -> dict[str, Cell]:
    """One hash, and how long it took."""
    made = hashing.hash(PASSWORD)
    milliseconds = round(median(verifying(hashing, made) for _ in range(ROUNDS)), 3)
    parameters, memory = READ[option](made) if option in READ else ({}, None)
    said = ", ".join(f"{name} = {value}" for name, value in parameters.items())
    return {
        "hash": Cell(made, "code"),
        "length": Cell(f"{len(made)} characters", raw=len(made)),
        "parameters": Cell(said or "not known here", raw=parameters),
        "memory": Cell(f"{memory / 2**20:.1f} MiB" if memory else "no parameter", raw={"bytes": memory}),
        "verify": Cell(f"{milliseconds:.1f} ms", raw={"milliseconds": milliseconds}),
    }


def verifying(hashing: Hashing, made: str) -> float:
    """How many milliseconds it takes to verify a hash."""
    start = perf_counter()
    if not hashing.verify(made, PASSWORD):
        raise AssertionError(f"The adapter does not know its own hash {made!r}.")
    return (perf_counter() - start) * 1_000


Parameters = tuple[dict[str, Any], int | None]
"""What a hash says of its costs, and the bytes of memory that follow from them."""


def werkzeug(made: str) -> Parameters:
    """Werkzeug keeps the three numbers of scrypt to itself; RFC 7914 says what memory they ask for."""
    method, n, r, p = made.partition("$")[0].split(":")
    return {"method": method, "N": int(n), "r": int(r), "p": int(p)}, 128 * int(n) * int(r)


def argon2(made: str) -> Parameters:
    """argon2-cffi reads it."""
    from argon2 import extract_parameters

    found = extract_parameters(made)
    costs = {"t": found.time_cost, "m": found.memory_cost, "p": found.parallelism}
    return {"method": f"argon2{found.type.name.lower()}", **costs}, found.memory_cost * 1024


def django(made: str) -> Parameters:
    """Django's hasher reads it."""
    from django.contrib.auth.hashers import PBKDF2PasswordHasher

    found = PBKDF2PasswordHasher().decode(made)
    return {"method": found["algorithm"], "iterations": found["iterations"]}, None


READ: dict[str, Callable[[str], Parameters]] = {"plain": werkzeug, "argon2": argon2, "django": django}
"""What reads the costs out of a hash, by option."""

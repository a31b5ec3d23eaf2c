"""What is recorded of a request."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Place:
    """A line of a function.

    :param module: the dotted name of its module.
    :param name: its qualified name in the module.
    :param line: the line of its definition, or the one that was running.
    """

    module: str
    name: str
    line: int


@dataclass(slots=True)
class Step:
    """A part of the way of a request.

    :param kind: ``route``, ``view``, ``authentication``, ``look-up``, ``authorization``, ``validation``, ``handler``,
        ``store``, ``serialization``, ``template``, ``response`` and so on.
    :param name: what ran.
    :param place: the function, if one is known.
    :param start: milliseconds after the start of the request.
    :param duration: milliseconds.
    :param depth: how many other steps it is inside of.
    :param error: the type of the exception that ended it; empty for none.
    """

    kind: str
    name: str
    place: Place | None
    start: float
    duration: float = 0.0
    depth: int = 0
    error: str = ""


@dataclass(slots=True)
class Statement:
    """An SQL statement.

    :param sql: its text, with the driver's marks for values.
    :param values: its values, ``None`` if they are too large to keep. They may be secret, so no page shows them as they
        are.
    :param start: milliseconds after the start of the request.
    :param duration: milliseconds until the database answered. SQLite computes rows while they are read, which is not
        part of it.
    :param step: the step that sent it.
    :param times: how many rows of values it was sent with.
    :param error: the type of the exception if it failed; empty if not.
    :param stack: the functions that led to it, the outermost first, if functions are recorded.
    """

    sql: str
    values: Any = field(repr=False)
    start: float
    duration: float = 0.0
    step: Step | None = None
    times: int = 1
    error: str = ""
    stack: Sequence[Place] = ()

    @property
    def kind(self) -> str:
        """Its first word, such as ``SELECT``."""
        return first_word(self.sql)


@dataclass(slots=True)
class Call:
    """A function that ran. Calls of one function from one place in the tree are counted together.

    :param place: the function.
    :param depth: how many other recorded functions it ran inside of.
    :param count: how often it was called there.
    :param duration: milliseconds of all these calls.
    :param own: milliseconds of them without the functions below it in the tree.
    """

    place: Place
    depth: int
    count: int = 0
    duration: float = 0.0
    own: float = 0.0


@dataclass(frozen=True, slots=True)
class Failure:
    """The exception that a request ended with.

    :param type: the name of its class.
    :param place: the innermost line of this project that it passed; ``None`` if it passed none.
    """

    type: str
    place: Place | None


def first_word(sql: str) -> str:
    """Return the first word of a statement.

    >>> first_word("  select 1"), first_word("")
    ('SELECT', '')
    """
    return next(iter(sql[:100].split(None, 1)), "").upper()

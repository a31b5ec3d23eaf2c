"""What is recorded of a request."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Place:
    """Where a function is defined.

    :param module: the dotted name of its module.
    :param name: its qualified name in the module.
    :param line: the line of its definition.
    """

    module: str
    name: str
    line: int


@dataclass
class Step:
    """A part of the way of a request.

    :param kind: ``route``, ``authentication``, ``look-up``, ``authorization``, ``validation``, ``handler``, ``store``,
        ``serialization``, ``template`` and so on.
    :param name: what ran.
    :param place: the function, if one is known.
    :param start: milliseconds after the start of the request.
    :param duration: milliseconds.
    :param depth: how many other steps it is inside of.
    """

    kind: str
    name: str
    place: Place | None
    start: float
    duration: float = 0.0
    depth: int = 0


@dataclass
class Statement:
    """An SQL statement.

    :param sql: its text, with the driver's marks for values.
    :param values: its values. They may be secret, so no page shows them.
    :param start: milliseconds after the start of the request.
    :param duration: milliseconds until the database answered.
    :param step: the index of the step that sent it; -1 for none.
    :param stack: where it was sent from, if call stacks are recorded.
    """

    sql: str
    values: Any = field(repr=False)
    start: float
    duration: float = 0.0
    step: int = -1
    stack: list[str] = field(default_factory=list)

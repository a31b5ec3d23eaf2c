"""What a check is, and what it finds."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from flask import Flask

from ..stack.assembly import assembled


class Level(IntEnum):
    """How serious a finding is. The values are those of :mod:`logging`, as in Django."""

    INFO = 20
    WARNING = 30
    ERROR = 40
    CRITICAL = 50


LEVELS = {level.name[0]: level for level in Level}
"""The level that the letter in a code stands for."""


@dataclass(frozen=True)
class Finding:
    """A mistake that a check found.

    :param code: the topic, a letter for the level, and a number: ``mail.W003``.
    :param problem: what is wrong, as a full sentence.
    :param hint: what to do, as a full sentence.
    :param django: the codes of Django's checks for the same mistake, if there are any.
    """

    code: str
    problem: str
    hint: str
    django: tuple[str, ...] = ()

    @property
    def level(self) -> Level:
        """The level, from the letter in the code.

        >>> Finding("mail.W003", "", "").level.name
        'WARNING'
        """
        return LEVELS[self.code.partition(".")[2][0]]


Function = Callable[[Flask], Iterable[Finding]]


class Check(NamedTuple):
    """A registered check.

    :param topic: the name of its module.
    :param deploy: whether it only matters on a public server.
    :param run: the function; it is called in an app context.
    """

    topic: str
    deploy: bool
    run: Function


CHECKS: list[Check] = []
"""All checks, in the order of their modules."""


def register(*, deploy: bool = False) -> Callable[[Function], Function]:
    """Register a function as a check. It yields a finding for each mistake."""

    def add(function: Function) -> Function:
        CHECKS.append(Check(function.__module__.rpartition(".")[2], deploy, function))
        return function

    return add


def quote(app: Flask, key: str) -> str:
    """Format a config key with its value and origin, for the text of a finding. Do not use it for secrets."""
    return f"{key} = {app.config.get(key)!r} (from {assembled(app).settings.where(key)})"


def parse_url(url: str) -> SplitResult:
    """Split a URL into its parts. All parts of a text that is no URL are empty.

    >>> parse_url("https://blog.example").hostname, parse_url("https://[").hostname
    ('blog.example', None)
    """
    try:
        return urlsplit(url)
    except ValueError:
        return urlsplit("")


def uses(app: Flask, slot: str, option: str) -> bool:
    """Check whether a slot is filled by this option."""
    chosen = assembled(app).choice.get(slot)
    return chosen is not None and chosen.option.name == option

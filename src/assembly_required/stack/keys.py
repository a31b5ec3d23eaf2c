"""The description of a config key."""

from typing import NamedTuple


class Key(NamedTuple):
    """A config key.

    :param default: the value if no layer sets the key; all values must have the same type.
    :param meaning: a description for ``config.example.toml``.
    :param at_least: the minimum, for a number.
    :param at_most: the maximum, for a number; ``None`` if there is no maximum.
    :param among: the texts that are allowed, for a text or in a list; empty if all are.
    :param rate: whether a text must be empty or a rate such as ``100/hour``.
    """

    default: str | int | bool | list[str]
    meaning: str
    at_least: int = 1
    at_most: int | None = None
    among: tuple[str, ...] = ()
    rate: bool = False

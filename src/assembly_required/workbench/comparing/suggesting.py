"""What the form of the page suggests: stacks, and requests."""

from dataclasses import dataclass

from ...stack.assembly import Choice
from ...stack.slots import SLOTS
from ...stack.stacks import STACKS
from ..recording.history import History
from ..recording.masking import HIDDEN

PATHS = ("/", "/api/articles?limit=5", "/api/tags", "/docs/openapi.json", "/no-such-page")
"""Requests to begin with."""

RECENT = 12
"""Paths of this browser that are suggested."""


@dataclass(frozen=True)
class Suggestion:
    """A stack to choose from.

    :param value: how it is written, such as ``orm=peewee``.
    :param words: what to know about it; empty for nothing.
    :param is_ready: whether its packages are installed.
    """

    value: str
    words: str = ""
    is_ready: bool = True


def suggest_stacks(used: Choice) -> dict[str, list[Suggestion]]:
    """Return the named stacks, and the other options of each slot, by heading.

    :param used: what this browser uses.
    """
    groups = {"Named stacks": [Suggestion(name, "", is_installed(name)) for name in STACKS]}
    for name, slot in SLOTS.items():
        others = [option for option in slot.options if option.name != used[name].option.name]
        groups[f"What this browser uses, but another {name}"] = [
            Suggestion(f"{name}={option.name}", "", not option.missing()) for option in others
        ]
    return groups


def is_installed(stack: str) -> bool:
    """Check whether all packages of a named stack are installed."""
    choices = STACKS[stack]
    return not any(slot.option(choices.get(name, slot.names[0])).missing() for name, slot in SLOTS.items())


def suggest_other(used: Choice) -> str:
    """Return a stack to compare with, if none was chosen: the first other ORM that is installed."""
    found = [
        option.name
        for option in SLOTS["orm"].options
        if option.name != used["orm"].option.name and not option.missing()
    ]
    return f"orm={found[0]}" if found else "bare"


def suggest_paths(history: History, browser: str, root: str) -> list[str]:
    """Return the paths that a browser has requested lately, and some to begin with.

    :param root: the path prefix of the app.
    """
    recent = [
        f"{each.path.removeprefix(root) or '/'}{'?' if each.query else ''}{each.query}"
        for each in history.list(browser)
        if each.method == "GET" and HIDDEN not in each.path + each.query
    ]
    return list(dict.fromkeys([*list(dict.fromkeys(recent))[:RECENT], *PATHS]))

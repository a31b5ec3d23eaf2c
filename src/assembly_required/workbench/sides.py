"""The two sides of a comparison, written as for ``flask compare``: ``bare``, or ``orm=peewee,validation=plain``."""

from collections.abc import Mapping

from flask import Flask

from ..cli.choices import get_key
from ..stack.assembly import assembled
from ..stack.describe import find_changed
from ..stack.names import suggest
from ..stack.stacks import STACKS
from .drafts import NAMES


class SideError(Exception):
    """A side is not written as it has to be."""


def read_side(text: str, current: Mapping[str, str]) -> dict[str, str]:
    """Read the config keys of a side.

    :param text: a named stack, or choices of slots above ``current``; empty for ``current`` itself.
    :param current: what this browser uses.
    :raises SideError: it cannot be read.

    >>> read_side("bare", {}), read_side("orm=peewee", {"STACK": "bare"})
    ({'STACK': 'bare'}, {'STACK': 'bare', 'STACK_ORM': 'peewee'})
    """
    text = text.strip()
    if text in STACKS:
        return {"STACK": text}
    choices = dict(current)
    for word in filter(None, text.replace(" ", ",").split(",")):
        name, equals, option = word.partition("=")
        if name == "stack" and equals:
            choices = {"STACK": option}
        elif name in NAMES and option:
            choices[get_key(name)] = option
        else:
            raise SideError(
                f"{word!r} is neither a named stack nor a choice such as orm=peewee.\n"
                f"Write one of {', '.join(STACKS)}, or SLOT=OPTION with a slot of {', '.join(NAMES[1:])}."
                f"{suggest(name, [*STACKS, *NAMES])}"
            )
    return choices


def write_side(app: Flask) -> str:
    """Write the stack of an app as a side, so that ``flask compare`` understands it."""
    parts = assembled(app)
    stack = parts.settings.values["STACK"]
    changed = [f"{slot}={option}" for slot, option in find_changed(stack, parts.choice).items()]
    return ",".join([f"stack={stack}", *changed]) if changed else str(stack)

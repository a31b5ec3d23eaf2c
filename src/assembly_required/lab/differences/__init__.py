"""``flask stack differences``: how the options of a slot differ, found out by running them.

*In Django* there is one of each, and its words are the words.

*Here* the application gives the same answers on every stack, so a reader would never see what it translates. These
tables show it: the libraries left alone, as their own documentation writes them, are given the same inputs. What cannot
be seen from outside, the tokens and the hashes, is taken apart. Nothing in the tables is typed in by hand.

*What it costs*: each library that is left alone needs some lines more. They stand in a file with the name of the option
(``validation/pydantic.py``), which is imported when the command is called, if its package is there; the application
never does.

*Next*: :mod:`assembly_required.lab.differences.table`.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import ModuleType

from ...stack.slots import Option, Slot

Watch = Callable[[Iterable[Option]], Iterator[Option]]
"""Goes through options, and lets somebody see how far it has come."""

GENERATED = ("validation", "docs", "tokens", "hashing")
"""The slots that have differences to show, each with a module of its name in which there is a function ``tables``."""


def entry(slot: Slot, option: Option) -> ModuleType | str:
    """The module that leaves the library of an option alone, or the reason why there is none."""
    if option.missing():
        return f"not installed: pip install -e '.[{option.extra}]'"
    name = f"{__name__}.{slot.name}.{option.name}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name == name:
            return f"not run: nothing leaves it alone, write {slot.name}/{option.name}.py beside its siblings"
        return f"not run: no module named {error.name!r}"

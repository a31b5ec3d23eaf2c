"""``flask stack differences``: show how the libraries behind the options of a slot differ, by running them.

The application gives the same responses on every stack, so its users never see these differences. Each library is used
as its own documentation shows, without this application's code, in a module named after the option
(``validation/pydantic.py``). All of them get the same inputs.
"""

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from types import ModuleType

from ...stack.packages import format_install
from ...stack.slots import Option, Slot

Watch = Callable[[Iterable[Option]], Iterator[Option]]
"""Iterates over options and shows the progress."""

GENERATED = ("validation", "docs", "tokens", "hashing", "limits", "forms", "mail", "tasks")
"""The slots with differences to show. Each has a module of the same name with a function ``tables``."""


def entry(slot: Slot, option: Option) -> ModuleType | str:
    """Return the module that runs the library of an option by itself, or the reason why there is none."""
    if option.missing():
        return f"not installed: {format_install(option.extra)}"
    name = f"{__name__}.{slot.name}.{option.name}"
    try:
        return import_module(name)
    except ModuleNotFoundError as error:
        if error.name == name:
            return f"not run: it has no example, write {slot.name}/{option.name}.py next to the others"
        return f"not run: no module named {error.name!r}"

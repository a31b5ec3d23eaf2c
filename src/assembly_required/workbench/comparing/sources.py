"""The source that ran for this request in the adapters of a slot, side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from pathlib import Path

from markupsafe import Markup

from ...reader.highlighting import highlight_file
from ...reader.places import find_module
from ...reader.sections import find_in_file
from ..links import shorten_module
from ..recording.model import Call, Place
from .aligning import match

MOST = 12
"""Functions of a slot whose source is shown: pairs of them, and others of each side."""


@dataclass(frozen=True)
class Source:
    """The source of a function.

    :param place: the function.
    :param path: its file and line, for readers.
    """

    place: Place
    path: str
    html: Markup

    @property
    def short_name(self) -> str:
        """The name without that of the class."""
        return self.place.name.rpartition(".")[2]


@dataclass(frozen=True)
class Sources:
    """The source of the functions that ran in the adapters of a slot.

    :param pairs: functions of the same name, left and right.
    :param lonely: the other functions of the left side, and of the right side.
    """

    pairs: list[tuple[Source, Source]]
    lonely: tuple[list[Source], list[Source]]

    @property
    def is_empty(self) -> bool:
        """Whether no function of either adapter ran."""
        return not (self.pairs or any(self.lonely))


def compare_sources(slot: str, calls: Sequence[Sequence[Call]], options: Sequence[str]) -> Sources:
    """Return the functions of both adapters of a slot that ran, those of the same name next to each other.

    :param calls: the functions that ran on the left and on the right.
    :param options: the name of the option on each side.
    """
    left, right = (
        [each for place in list_places(slot, option, ran) if (each := read_source(place))]
        for option, ran in zip(options, calls, strict=True)
    )
    rows = list(match(left, right, attrgetter("short_name")))
    pairs = [(one, other) for one, other in rows if one and other]
    lonely = [one for one, other in rows if one and not other], [other for one, other in rows if other and not one]
    return Sources(pairs[:MOST], (lonely[0][:MOST], lonely[1][:MOST]))


def list_places(slot: str, option: str, calls: Sequence[Call]) -> list[Place]:
    """Return the functions of an adapter that ran, each once. An adapter from another package is not read."""
    adapter = f"adapters.{slot}.{option}"
    found: dict[str, Place] = {}
    for call in calls:
        module = shorten_module(call.place.module)
        if module == adapter or module.startswith(f"{adapter}."):
            outer = call.place.name.partition(".<locals>")[0]
            found.setdefault(f"{module}.{outer}", Place(call.place.module, outer, call.place.line))
    return list(found.values())


def read_source(place: Place) -> Source | None:
    """Read the lines of a function, without its docstring. Returns ``None`` if they are not found."""
    module = shorten_module(place.module)
    path = find_module(module)
    section = find_in_file(path, place.name) if path else None
    if path is None or section is None:
        return None
    html = Markup("\n").join(highlight_file(path)[section.start - 1 : section.end])
    return Source(place, f"{name_file(module, path)}, line {section.start}", html)


def name_file(module: str, path: Path) -> str:
    """Return the path of the file of a module, below the package."""
    folders = module.split(".")[:-1]
    return "/".join([*folders, path.name]) if path.name != "__init__.py" else f"{module.replace('.', '/')}/__init__.py"

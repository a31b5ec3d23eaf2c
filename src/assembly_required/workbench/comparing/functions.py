"""The functions that ran on both sides, and the source of those that only one of them has."""

from dataclasses import dataclass

from markupsafe import Markup

from ...reader.highlighting import highlight_file
from ...reader.places import find_module
from ...reader.sections import find_in_file
from ..recording.recorder import Recording

PACKAGE = "assembly_required."
ADAPTERS = "adapters."

MOST = 12
"""Functions of a side whose source is shown."""


@dataclass
class Ran:
    """A function, with how often it ran and how long on each side.

    :param module: its module, below the package.
    :param name: its qualified name.
    :param counts: the number of calls on the left and on the right.
    :param times: milliseconds on the left and on the right, with all that it calls.
    """

    module: str
    name: str
    counts: list[int]
    times: list[float]


@dataclass(frozen=True)
class Source:
    """The source of a function."""

    module: str
    name: str
    line: int
    html: Markup


def compare_functions(left: Recording, right: Recording) -> dict[str, list[Ran]]:
    """Return the functions of both sides by module, in the order in which they ran first."""
    found: dict[tuple[str, str], Ran] = {}
    for side, recording in enumerate((left, right)):
        for call in recording.calls:
            module = call.place.module.removeprefix(PACKAGE)
            ran = found.setdefault((module, call.place.name), Ran(module, call.place.name, [0, 0], [0.0, 0.0]))
            ran.counts[side] += call.count
            ran.times[side] += call.duration
    by_module: dict[str, list[Ran]] = {}
    for ran in found.values():
        by_module.setdefault(ran.module, []).append(ran)
    return by_module


def find_sources(functions: dict[str, list[Ran]]) -> tuple[list[Source], list[Source]]:
    """Find the source of the functions of adapters that ran on one side only."""
    sides: tuple[list[Source], list[Source]] = ([], [])
    for module, ran in functions.items():
        if module.startswith(ADAPTERS):
            for each in ran:
                lonely = [side for side in (0, 1) if not each.counts[1 - side]]
                source = read_source(module, each.name) if lonely else None
                if source and len(sides[lonely[0]]) < MOST:
                    sides[lonely[0]].append(source)
    return sides


def read_source(module: str, name: str) -> Source | None:
    """Read the lines of a function, or of the definition that it is inside of."""
    path = find_module(module)
    section = find_in_file(path, name.partition(".<locals>")[0]) if path else None
    if path is None or section is None:
        return None
    lines = highlight_file(path)
    numbers = [number for number in range(section.start, section.end + 1) if number not in section.hidden]
    return Source(module, section.name, section.start, Markup("\n").join(lines[number - 1] for number in numbers))

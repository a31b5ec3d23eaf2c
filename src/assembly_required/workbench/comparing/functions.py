"""The functions that ran, by module, and on which side."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from ..links import shorten_module
from ..recording.model import Call, Place

BOTH = "both"
SIDES = ("left", "right")


@dataclass
class Ran:
    """A function that ran.

    :param counts: the number of calls on the left and on the right.
    :param times: milliseconds on the left and on the right, without the functions below it.
    """

    place: Place
    counts: list[int] = field(default_factory=lambda: [0, 0])
    times: list[float] = field(default_factory=lambda: [0.0, 0.0])

    @property
    def side(self) -> str:
        """``left``, ``right`` or ``both``."""
        return BOTH if all(self.counts) else SIDES[0 if self.counts[0] else 1]


@dataclass(frozen=True)
class Module:
    """The functions of a module.

    :param name: its name below the package.
    """

    name: str
    functions: list[Ran]

    def count(self, side: str) -> int:
        """Count the functions that ran on a side only, or on both."""
        return sum(ran.side == side for ran in self.functions)


def compare_functions(left: Sequence[Call], right: Sequence[Call]) -> list[Module]:
    """Return the functions of both sides by module, in the order in which they ran first."""
    found: dict[tuple[str, str, int], Ran] = {}
    for side, calls in enumerate((left, right)):
        for call in calls:
            key = (call.place.module, call.place.name, call.place.line)
            ran = found.setdefault(key, Ran(call.place))
            ran.counts[side] += call.count
            ran.times[side] += call.own
    modules: dict[str, list[Ran]] = {}
    for ran in found.values():
        modules.setdefault(shorten_module(ran.place.module), []).append(ran)
    return [Module(name, functions) for name, functions in modules.items()]


def pick(modules: Sequence[Module], side: str) -> list[Module]:
    """Return the modules with only those functions that ran on a side only, or on both."""
    picked = [Module(each.name, [ran for ran in each.functions if ran.side == side]) for each in modules]
    return [module for module in picked if module.functions]

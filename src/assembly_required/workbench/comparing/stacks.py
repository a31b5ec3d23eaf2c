"""What differs between two stacks, apart from a request: the options, their packages and their lines of code."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from flask import Flask

from ...lab.weight import Weight, weigh
from ...stack.assembly import assembled
from ...stack.slots import Option, Slot

weigh_once = lru_cache(200)(weigh)


@dataclass(frozen=True)
class Swapped:
    """A slot with another option on each side.

    :param weights: the packages and the lines of code of the left and of the right option.
    """

    slot: Slot
    left: Option
    right: Option
    weights: tuple[Weight, Weight]

    @property
    def pair(self) -> str:
        """The page of the tutorial with both, below that of the slot; empty if one is from another package."""
        names = (self.left.name, self.right.name)
        return "" if any("." in name for name in names) else "-and-".join(sorted(names, key=self.slot.names.index))


@dataclass(frozen=True)
class Needed:
    """What two stacks need.

    :param lonely: the packages that only the left or only the right stack needs, with their sizes in bytes.
    :param lines: the lines of code of the adapters that differ.
    """

    lonely: tuple[Mapping[str, int], Mapping[str, int]]
    lines: tuple[int, int]


def find_swapped(left: Flask, right: Flask) -> list[Swapped]:
    """Find the slots in which two stacks differ."""
    ours, theirs = (assembled(app).choice for app in (left, right))
    return [
        Swapped(
            one.slot,
            one.option,
            theirs[name].option,
            (weigh_once(one.slot, one.option), weigh_once(theirs[name].slot, theirs[name].option)),
        )
        for name, one in ours.items()
        if one.option.name != theirs[name].option.name
    ]


def compare_needs(left: Flask, right: Flask, swapped: list[Swapped]) -> Needed:
    """Compare what two stacks need. A package that several slots need counts once."""
    ours, theirs = (list_packages(app) for app in (left, right))
    lonely = (
        {name: size for name, size in ours.items() if name not in theirs},
        {name: size for name, size in theirs.items() if name not in ours},
    )
    lines = (sum(each.weights[0].lines for each in swapped), sum(each.weights[1].lines for each in swapped))
    return Needed(lonely, lines)


def list_packages(app: Flask) -> dict[str, int]:
    """Return the packages of a stack that Flask alone does not need, with their sizes in bytes."""
    weights = [weigh_once(chosen.slot, chosen.option) for chosen in assembled(app).choice.values()]
    return dict(sorted({name: size for each in weights for name, size in each.packages.items()}.items()))

"""What differs between two stacks, apart from a request: the options, their packages and their lines."""

from dataclasses import dataclass

from flask import Flask

from ...lab.weight import Weight, weigh
from ...stack.assembly import assembled
from ...stack.slots import Option


@dataclass(frozen=True)
class Swapped:
    """A slot with another option on each side.

    :param weights: the packages and the lines of code of the left and of the right option.
    """

    slot: str
    left: Option
    right: Option
    weights: tuple[Weight, Weight]

    @property
    def pair(self) -> str:
        """The page of the tutorial that has both side by side. It names them in the order of the alphabet."""
        return "-and-".join(sorted((self.left.name, self.right.name)))


def find_swapped(left: Flask, right: Flask) -> list[Swapped]:
    """Find the slots in which two stacks differ."""
    sides = [assembled(app).choice for app in (left, right)]
    return [
        Swapped(
            name,
            one.option,
            sides[1][name].option,
            (weigh(one.slot, one.option), weigh(one.slot, sides[1][name].option)),
        )
        for name, one in sides[0].items()
        if one.option.name != sides[1][name].option.name
    ]

"""Exercises: ``flask tutorial exercise`` writes the beginning, and the tests in the same file say when it is solved.

Each module of ``exercises`` is one exercise with its solution. What stands as comments between ``# start`` and
``# solution`` is what the reader begins with, and what stands between ``# solution`` and ``# end`` replaces it.
"""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from pathlib import Path

from ..stack.slots import SLOTS
from .parsing import parse

FOLDER = Path(__file__).with_name("exercises")

START, SOLUTION, END = "# start", "# solution", "# end"


@dataclass(frozen=True)
class Exercise:
    """An exercise.

    :param name: the name of its module, which begins with the slot.
    :param text: the module.
    """

    name: str
    text: str

    @property
    def slot(self) -> str:
        """The slot that it is about: the longest name of a slot with which its name begins; empty if there is none."""
        return max((slot for slot in SLOTS if self.name.startswith(f"{slot}_")), key=len, default="")

    @property
    def title(self) -> str:
        """The first line of its docstring."""
        return self.task.partition("\n")[0]

    @property
    def task(self) -> str:
        """What the reader has to do."""
        return ast.get_docstring(parse(self.text)) or ""

    @property
    def start(self) -> str:
        """What the reader begins with."""
        return "".join(_choose_lines(self.text, START))

    @property
    def solution(self) -> str:
        """The solution, without the beginning."""
        return "".join(_choose_lines(self.text, SOLUTION))

    def compare(self, text: str) -> str:
        """Return the diff from the reader's text to the solution; empty if they are equal."""
        mine, ours = (each.splitlines(keepends=True) for each in (text, self.solution))
        return "".join(unified_diff(mine, ours, "your file", "our solution"))


@cache
def read_exercises() -> dict[str, Exercise]:
    """Read the exercises, by name."""
    paths = sorted(path for path in FOLDER.glob("*.py") if path.stem != "__init__")
    return {path.stem: Exercise(path.stem, path.read_text(encoding="utf-8")) for path in paths}


def list_exercises(slot: str) -> list[Exercise]:
    """List the exercises about a slot."""
    return [each for each in read_exercises().values() if each.slot == slot]


def _choose_lines(text: str, wanted: str) -> Iterator[str]:
    """Yield the lines of a module with one of the two versions of what is marked."""
    inside = ""
    for line in text.splitlines(keepends=True):
        if (mark := line.strip()) in (START, SOLUTION, END):
            inside = "" if mark == END else mark
        elif inside == START == wanted:
            yield line.replace("# ", "", 1) if mark != "#" else "\n"
        elif inside in ("", wanted):
            yield line

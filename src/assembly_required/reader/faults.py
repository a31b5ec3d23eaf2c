"""Faults to find: ``flask tutorial break`` plants one into a copy of the project, and the reader repairs it.

``faults.toml`` has them. A fault replaces a piece of text inside a definition, so it still applies after the rest of
the file has changed.
"""

import shutil
import tomllib
from dataclasses import dataclass
from difflib import unified_diff
from functools import cache
from pathlib import Path

from ..stack.describe import PACKAGE
from .prose import ROOT
from .sections import find

FILE = Path(__file__).with_name("faults.toml")

NOTE = "FAULT.txt"
"""The file in a copy that names the fault."""

COPIED = ("src", "tests", "migrations", "instance/config.example.toml", "pyproject.toml", "README.md", "wsgi.py")
"""What tests need."""

LEFT_OUT = shutil.ignore_patterns("__pycache__", "*.egg-info", "test_faults.py")
"""Caches, and the tests of the faults themselves, which would name the place."""


class Unplanted(Exception):
    """The text that a fault replaces is not there, or not exactly once."""


@dataclass(frozen=True)
class Fault:
    """A fault.

    :param report: what somebody says who uses the blog.
    :param hint: where to look.
    :param file: the file, relative to the package.
    :param tests: the tests that fail while the fault is there.
    :param old: the text to be replaced.
    :param new: what replaces it.
    :param name: the definition that has the text; empty if the file is no Python.
    """

    title: str
    report: str
    hint: str
    file: str
    tests: tuple[str, ...]
    old: str
    new: str
    name: str = ""

    def plant(self, text: str) -> str:
        """Return the text of the file with the fault.

        :raises Unplanted: the text that it replaces is not there, or not exactly once.
        """
        lines = text.splitlines(keepends=True)
        section = find(text, self.name) if self.name else None
        start, end = (section.start - 1, section.end) if section else (0, len(lines))
        part = "".join(lines[start:end])
        if (self.name and section is None) or part.count(self.old) != 1:
            place = f"{self.name} of {self.file}" if self.name else self.file
            raise Unplanted(f"The fault {self.title} was not planted: {place} has changed. Edit {FILE.name}.")
        return "".join([*lines[:start], part.replace(self.old, self.new), *lines[end:]])

    @property
    def repair(self) -> str:
        """The diff that repairs the fault."""
        right = (PACKAGE / self.file).read_text(encoding="utf-8")
        wrong = self.plant(right).splitlines(keepends=True)
        return "".join(unified_diff(wrong, right.splitlines(keepends=True), self.file, self.file))


@cache
def read_faults() -> dict[str, Fault]:
    """Read the faults, by name."""
    table = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return {title: Fault(title, tests=tuple(values.pop("tests")), **values) for title, values in table.items()}


def copy_project(folder: Path) -> None:
    """Copy what tests need of the project into a new folder."""
    for name in COPIED:
        source, target = ROOT / name, folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copytree(source, target, ignore=LEFT_OUT) if source.is_dir() else shutil.copy(source, target)


def break_copy(fault: Fault, folder: Path) -> None:
    """Copy the project into a new folder, with a fault."""
    text = fault.plant((PACKAGE / fault.file).read_text(encoding="utf-8"))
    copy_project(folder)
    (folder / PACKAGE.relative_to(ROOT) / fault.file).write_text(text, encoding="utf-8")
    (folder / NOTE).write_text(f"{fault.title}\n\n{fault.report}\n", encoding="utf-8")


def read_fault(folder: Path) -> Fault | None:
    """Read which fault was planted in a copy; ``None`` if the folder is no such copy."""
    note = folder / NOTE
    return read_faults().get(note.read_text(encoding="utf-8").partition("\n")[0]) if note.is_file() else None

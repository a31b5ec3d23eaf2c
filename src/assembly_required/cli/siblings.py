"""``flask stack diff``: compare the source, packages and sizes of two options.

Adapters of one slot use the same names in the same order, so a plain diff is readable.
"""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import unified_diff
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path

import click

from ..stack.slots import Option, Slot

PROJECT = "assembly-required"


@dataclass(frozen=True)
class Brought:
    """What an option brings along.

    :param packages: its distributions, with those they need beyond Flask's own; their size in bytes.
    :param lines: lines of code of its adapter, without docstrings, comments and blank lines.
    """

    packages: dict[str, int]
    lines: int

    @property
    def size(self) -> int:
        """All its packages together, in bytes."""
        return sum(self.packages.values())


def brought(slot: Slot, option: Option) -> Brought:
    """What an option brings along."""
    there_anyway = closure("flask", {PROJECT: 0})
    packages = {PROJECT: 0}
    for name in distributions(slot, option):
        closure(name, packages)
    return Brought(
        {name: size for name, size in sorted(packages.items()) if name not in there_anyway},
        sum(code_lines(path) for path in files(slot, option).values()),
    )


def distributions(slot: Slot, option: Option) -> Iterator[str]:
    """What has to be installed for an option: its extra, or what an adapter from outside imports."""
    if "." not in option.name:
        yield from required(distribution(PROJECT), option.extra)
        return
    known = packages_distributions()
    for path in files(slot, option).values():
        for module in imported(path):
            yield from known.get(module, ())


def imported(path: Path) -> Iterator[str]:
    """The packages that a file imports, by absolute names."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def closure(name: str, found: dict[str, int]) -> dict[str, int]:
    """A distribution and all that it needs, as far as they are installed, with their sizes."""
    name = normal(name)
    try:
        there = distribution(name)
    except PackageNotFoundError:
        return found
    if name not in found:
        found[name] = sum(file.size or 0 for file in there.files or ())
        for each in required(there):
            closure(each, found)
    return found


def required(there: Distribution, extra: str | None = None) -> Iterator[str]:
    """The names of what a distribution needs: without extras, or for one extra alone."""
    for requirement in there.requires or ():
        named = re.search(r"extra == ['\"]([^'\"]+)['\"]", requirement)
        if (named[1] if named else None) == extra:
            yield normal(re.split(r"[\s<>=!~;\[(]", requirement, maxsplit=1)[0])


def normal(name: str) -> str:
    """
    >>> normal("Flask_Login")
    'flask-login'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def files(slot: Slot, option: Option) -> dict[str, Path]:
    """The source of an adapter, by the name of each file."""
    name = option.name if "." in option.name else f"assembly_required.adapters.{slot.name}.{option.name}"
    spec = find_spec(name)
    path = Path((spec and spec.origin) or "")
    if path.name == "__init__.py":
        return {each.name: each for each in sorted(path.parent.glob("*.py"))}
    return {"__init__.py": path}


def code_lines(path: Path) -> int:
    """How many lines of a file are code."""
    text = path.read_text(encoding="utf-8")
    prose: set[int] = set()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            prose.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), start=1)
    return sum(1 for number, line in lines if number not in prose and line.strip() and not line.strip().startswith("#"))


def difference(slot: Slot, one: Option, other: Option) -> Iterator[str]:
    """The unified diff of two siblings, file by file, with colours."""
    left, right = files(slot, one), files(slot, other)
    for name in [*left, *(each for each in right if each not in left)]:
        yield from coloured(
            unified_diff(
                source(left.get(name)),
                source(right.get(name)),
                f"{slot.name}/{one.name}/{name}" if name in left else "nothing",
                f"{slot.name}/{other.name}/{name}" if name in right else "nothing",
                lineterm="",
            )
        )


def source(path: Path | None) -> list[str]:
    """The lines of a file, none if there is no file."""
    return path.read_text(encoding="utf-8").splitlines() if path else []


def coloured(lines: Iterator[str]) -> Iterator[str]:
    """Red for what is left, green for what is right; the terminal decides whether it is shown."""
    colours = {"-": "red", "+": "green", "@": "cyan"}
    for line in lines:
        yield click.style(line, fg=colours.get(line[:1]), bold=line[:3] in ("---", "+++")) + "\n"

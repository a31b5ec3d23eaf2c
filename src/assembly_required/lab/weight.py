"""Weigh options and peers: the distributions that they install, with their sizes, and their lines of code."""

import ast
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path

from packaging.requirements import Requirement

from ..reader.parsing import parse
from ..stack.slots import SLOTS, Option, Slot
from .peers import Peer, read_brought

PROJECT = "assembly-required"


@dataclass(frozen=True)
class Weight:
    """What an option adds to an installation.

    :param packages: the size in bytes of each distribution that Flask alone does not need.
    :param lines: the lines of code of its adapter, without docstrings, comments and blank lines.
    """

    packages: dict[str, int]
    lines: int

    @property
    def size(self) -> int:
        """The size of all packages, in bytes."""
        return sum(self.packages.values())


def weigh(slot: Slot, option: Option) -> Weight:
    """Measure what an option adds to an installation."""
    needed_by_flask = add_packages("flask", {PROJECT: 0})
    packages = {PROJECT: 0}
    for each in list_distributions(slot, option):
        add_packages(each, packages)
    return Weight(
        {name: size for name, size in sorted(packages.items()) if name not in needed_by_flask},
        sum(count_code(path) for path in find_files(slot, option).values()),
    )


def list_distributions(slot: Slot, option: Option) -> Iterator[Requirement]:
    """List the distributions of an option: its extra, or what an adapter from another package imports."""
    if "." not in option.name:
        yield from list_requirements(distribution(PROJECT), option.extra)
        return
    known = packages_distributions()
    for path in find_files(slot, option).values():
        for module in list_imports(path):
            yield from map(Requirement, known.get(module, ()))


def list_imports(path: Path) -> Iterator[str]:
    """List the packages that a file imports."""
    for node in ast.walk(parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def add_packages(needed: str | Requirement, found: dict[str, int]) -> dict[str, int]:
    """Add a distribution and all that it needs to ``found``, with their sizes. What is not installed is left out."""
    requirement = Requirement(needed) if isinstance(needed, str) else needed
    name = normalize(requirement.name)
    try:
        there = distribution(name)
    except PackageNotFoundError:
        return found
    further = [each for extra in requirement.extras for each in list_requirements(there, extra)]
    if name not in found:
        found[name] = sum(file.size or 0 for file in there.files or ())
        further += list_requirements(there)
    for each in further:
        add_packages(each, found)
    return found


def list_requirements(there: Distribution, extra: str = "") -> Iterator[Requirement]:
    """List what a distribution needs on this machine: without its extras, or only for one extra."""
    for text in there.requires or ():
        requirement = Requirement(text)
        always = requirement.marker is None or requirement.marker.evaluate({"extra": ""})
        wanted = bool(requirement.marker and requirement.marker.evaluate({"extra": extra}))
        if always != bool(extra) and (wanted or always):
            yield requirement


def normalize(name: str) -> str:
    """
    >>> normalize("Flask_Login")
    'flask-login'
    """
    return re.sub(r"[-_.]+", "-", name).lower()


def find_files(slot: Slot, option: Option) -> dict[str, Path]:
    """Find the source files of an adapter, by name. A one-file adapter counts as ``__init__.py``."""
    name = option.name if "." in option.name else f"assembly_required.adapters.{slot.name}.{option.name}"
    spec = find_spec(name)
    path = Path((spec and spec.origin) or "")
    if path.name == "__init__.py":
        return {each.name: each for each in sorted(path.parent.glob("*.py"))}
    return {"__init__.py": path}


def count_code(path: Path) -> int:
    """Count the lines of a file that are code."""
    text = path.read_text(encoding="utf-8")
    prose: set[int] = set()
    for node in ast.walk(parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            prose.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), start=1)
    return sum(1 for number, line in lines if number not in prose and line.strip() and not line.strip().startswith("#"))


def count_stack(stack: Mapping[str, Option]) -> dict[str, int]:
    """Count the lines of the adapters of a stack, for each slot."""
    return {slot: sum(map(count_code, find_files(SLOTS[slot], option).values())) for slot, option in stack.items()}


def count_peer(peer: Peer) -> dict[str, int]:
    """Count the lines of each part of a peer."""
    return {part: sum(map(count_lines, files)) for part, files in read_brought(peer).items()}


def count_lines(path: Path) -> int:
    """Count the lines of a file that are code; in a file of another language than Python, those with content."""
    if path.suffix == ".md":
        return 0
    if path.suffix == ".py":
        return count_code(path)
    return sum(1 for line in path.read_text(encoding="utf-8").splitlines() if line.strip())

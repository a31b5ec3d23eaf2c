"""``flask stack diff``: compare the source, the packages and the sizes of two options."""

import ast
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import unified_diff
from importlib.metadata import Distribution, PackageNotFoundError, distribution, packages_distributions
from importlib.util import find_spec
from pathlib import Path

import click

from ..reader.places import find_examples
from ..stack.names import find_close
from ..stack.slots import Option, Slot

PROJECT = "assembly-required"

Source = tuple[str, list[str]]
"""The title of a file, and its lines."""

Find = Callable[[Slot, Option], Mapping[str, Path]]
"""Finds the files of an option, by name."""


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
    for name in list_distributions(slot, option):
        add_packages(name, packages)
    return Weight(
        {name: size for name, size in sorted(packages.items()) if name not in needed_by_flask},
        sum(count_code(path) for path in find_files(slot, option).values()),
    )


def list_distributions(slot: Slot, option: Option) -> Iterator[str]:
    """List the distributions of an option: its extra, or what an adapter from another package imports."""
    if "." not in option.name:
        yield from list_requirements(distribution(PROJECT), option.extra)
        return
    known = packages_distributions()
    for path in find_files(slot, option).values():
        for module in list_imports(path):
            yield from known.get(module, ())


def list_imports(path: Path) -> Iterator[str]:
    """List the packages that a file imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name.partition(".")[0] for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def add_packages(name: str, found: dict[str, int]) -> dict[str, int]:
    """Add a distribution and all that it needs to ``found``, with their sizes. What is not installed is left out."""
    name = normalize(name)
    try:
        there = distribution(name)
    except PackageNotFoundError:
        return found
    if name not in found:
        found[name] = sum(file.size or 0 for file in there.files or ())
        for each in list_requirements(there):
            add_packages(each, found)
    return found


def list_requirements(there: Distribution, extra: str | None = None) -> Iterator[str]:
    """List the names of what a distribution needs: without its extras, or only for one extra."""
    for requirement in there.requires or ():
        named = re.search(r"extra == ['\"]([^'\"]+)['\"]", requirement)
        if (named[1] if named else None) == extra:
            yield normalize(re.split(r"[\s<>=!~;\[(]", requirement, maxsplit=1)[0])


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
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str):
            prose.update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    lines = enumerate(text.splitlines(), start=1)
    return sum(1 for number, line in lines if number not in prose and line.strip() and not line.strip().startswith("#"))


def find_example(name: str) -> Path:
    """Find an example.

    :raises click.UsageError: there is no such example.
    """
    found = find_examples()
    if name not in found:
        close = find_close(name, list(found))
        hint = f" Did you mean {close}?" if close else ""
        raise click.UsageError(f"{name!r} is not an example.{hint} To see all of them, type: flask examples list")
    return found[name]


def find_example_file(slot: Slot, option: Option) -> dict[str, Path]:
    """Find the example of an option. Django's part inside Flask stands for the option ``django``."""
    name = "django_in_flask" if option.name == "django" else option.name
    path = find_example(f"{slot.name}/{name}")
    if path.is_dir():
        return {file.name: file for file in sorted(path.rglob("*.py"))}
    return {"app.py": path}


def pair_files(slot: Slot, one: Option, other: Option, find: Find = find_files) -> Iterator[tuple[Source, Source]]:
    """Yield the files of two options in pairs of the same name. A file without a counterpart is paired with nothing."""
    left, right = find(slot, one), find(slot, other)
    for name in [*left, *(each for each in right if each not in left)]:
        yield read_source(slot, one, name, left.get(name)), read_source(slot, other, name, right.get(name))


def read_source(slot: Slot, option: Option, name: str, path: Path | None) -> Source:
    """Read a file, with a title. Without a file there are no lines."""
    if path is None:
        return "nothing", []
    return f"{slot.name}/{option.name}/{name}", path.read_text(encoding="utf-8").splitlines()


def format_diff(pairs: Iterable[tuple[Source, Source]]) -> Iterator[str]:
    """Yield the lines of a unified diff, file by file, with colours."""
    for (title, lines), (other_title, other_lines) in pairs:
        yield from colour(unified_diff(lines, other_lines, title, other_title, lineterm=""))


def colour(lines: Iterator[str]) -> Iterator[str]:
    """Colour the lines of a diff: removed lines red, added lines green."""
    colours = {"-": "red", "+": "green", "@": "cyan"}
    for line in lines:
        yield click.style(line, fg=colours.get(line[:1]), bold=line[:3] in ("---", "+++")) + "\n"

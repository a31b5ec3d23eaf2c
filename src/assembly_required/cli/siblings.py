"""``flask stack diff``: compare the source, the packages and the sizes of two options."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from difflib import unified_diff
from pathlib import Path

import click

from ..lab.weight import find_files
from ..reader.places import find_examples
from ..stack.names import suggest
from ..stack.slots import Option, Slot

Source = tuple[str, list[str]]
"""The title of a file, and its lines."""

Find = Callable[[Slot, Option], Mapping[str, Path]]
"""Finds the files of an option, by name."""


def find_example(name: str) -> Path:
    """Find an example.

    :raises click.UsageError: there is no such example.
    """
    found = find_examples()
    if name not in found:
        raise click.UsageError(
            f"{name!r} is not an example.{suggest(name, found)} To see all of them, type: flask examples list"
        )
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

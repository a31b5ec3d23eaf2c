"""References of the tables that lead from other frameworks to here: a slot, an option, a chapter or a definition."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from flask import url_for

from ..stack.describe import PACKAGE
from ..stack.slots import SLOTS
from .caching import keep_until_changed
from .contents import read_chapter
from .listings import find_url
from .parsing import read_file_docstring
from .places import PEERS, list_peers, read_brought
from .prose import CHAPTERS, ROOT, ChapterError
from .sections import find_in_file, split_file

TABLES = ("from_django", "from_fastapi", "side_by_side")
"""The chapters that have a table: a file of the same name with the ending ``.toml``."""


@dataclass(frozen=True)
class Reference:
    """Where something is.

    :param title: its name for readers.
    :param where: the file, if it is in one.
    :param url: its place in the tutorial; empty if it is a test and the tests are not installed.
    """

    title: str
    where: str
    url: str


def refer(text: str) -> Reference:
    """Read a reference: ``orm``, ``orm=peewee``, ``deployment`` or ``conduit/users.py:register``.

    :raises ChapterError: it names something that does not exist.
    """
    if "/" in text or ".py" in text:
        return _refer_to_file(text)
    slot, _, option = text.partition("=")
    if slot in SLOTS and (not option or option in SLOTS[slot].names):
        title = f"{slot} = {option}" if option else f"the chapter {slot}"
        return Reference(title, "", url_for("tutorial.chapter", name=slot, _anchor=option or None))
    if (CHAPTERS / f"{text}.md").is_file():
        return Reference(read_chapter(text).title, "", url_for("tutorial.chapter", name=text))
    raise ChapterError(f"A table refers to {text}, but there is no such slot, option, chapter or file.")


def _refer_to_file(text: str) -> Reference:
    name, _, definition = text.partition(":")
    title = definition or name.rpartition("/")[2]
    path = find_file(name)
    if path is None:
        if name.startswith(("tests/", "migrations/")) and not (ROOT / "tests").is_dir():
            return Reference(title, name, "")
        raise ChapterError(f"A table refers to {name}, but there is no such file.")
    if definition and find_in_file(path, definition) is None:
        raise ChapterError(f"A table refers to {definition} of {name}, but that file has no such definition.")
    anchor = find_anchor(path, definition)
    url = find_url(path, anchor) or url_for("tutorial.file", path=name, _anchor=anchor or None)
    return Reference(title, name, url)


@cache
def find_file(name: str) -> Path | None:
    """Find a file by its path in the package, or in the repository."""
    return next((folder / name for folder in (PACKAGE, ROOT) if (folder / name).is_file()), None)


def find_anchor(path: Path, definition: str) -> str:
    """Find the section of a page that shows a definition. Methods of a short class are in the section of the class."""
    anchors = {section.name for section in split_file(path)} if path.suffix == ".py" else {""}
    while definition not in anchors and definition:
        definition = definition.rpartition(".")[0]
    return definition


def read_table(name: str) -> dict[str, list[dict[str, Any]]]:
    """Read a table: rows by topic."""
    return _read_table(CHAPTERS / f"{name}.toml")


@keep_until_changed
def _read_table(path: Path) -> dict[str, list[dict[str, Any]]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def list_files() -> frozenset[str]:
    """List the paths of the files to which the tables refer, and of those of the peers."""
    texts = (text for name in TABLES for text in _list_texts(read_table(name)))
    paths = {text.partition(":")[0] for text in texts if "/" in text}
    return frozenset(path for path in paths if find_file(path)) | _list_peer_files()


@cache
def _list_peer_files() -> frozenset[str]:
    brought = [read_brought(PEERS / name) for name in list_peers()]
    files = (path for parts in brought for paths in parts.values() for path in paths)
    return frozenset(path.relative_to(PACKAGE).as_posix() for path in files if path.suffix == ".py")


def _list_texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list | dict):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _list_texts(each)


def read_about(path: Path) -> str:
    """Read the docstring of a file that may be anything."""
    return read_file_docstring(path) if path.suffix == ".py" else ""

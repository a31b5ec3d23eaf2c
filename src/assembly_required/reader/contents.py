"""The table of contents: the chapters, the slots, and the modules in the order of the tour."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache

from flask import url_for

from ..stack.slots import SLOTS
from .prose import CHAPTERS, make_slug

STOP = re.compile(r"^- \[`([\w.]+)`\]\(.+?\): (.+)$")


@dataclass(frozen=True)
class Page:
    """A page of the tutorial.

    :param title: its name in the table of contents.
    :param about: one sentence.
    :param endpoint: its view.
    :param name: the argument of the view: a chapter, a module, or the slot and the option of an example.
    """

    title: str
    about: str
    endpoint: str
    name: str

    @property
    def url(self) -> str:
        """The URL of the page."""
        if self.endpoint == "code":
            return url_for("tutorial.code", module=self.name)
        if self.endpoint == "example":
            slot, _, name = self.name.partition("/")
            return url_for("tutorial.example", slot=slot, name=name)
        return url_for("tutorial.chapter", name=self.name)


@dataclass(frozen=True)
class Part:
    """Some pages with a common title."""

    title: str
    pages: tuple[Page, ...]

    @property
    def anchor(self) -> str:
        """The name of its anchor on the page with the contents."""
        return make_slug(self.title)


@cache
def list_parts() -> tuple[Part, ...]:
    """List the parts: the chapters as ``contents.toml`` orders them, the slots, and all modules."""
    table = tomllib.loads((CHAPTERS / "contents.toml").read_text(encoding="utf-8"))
    parts = [Part(title, tuple(map(read_chapter, names))) for title, names in table.items()]
    slots = Part("Slot by slot", tuple(Page(name, slot.stands_for, "chapter", name) for name, slot in SLOTS.items()))
    return (parts[0], slots, *parts[1:], *_read_tour())


def read_chapter(name: str) -> Page:
    """Read the title and the first sentence of a chapter."""
    title, _, text = (CHAPTERS / f"{name}.md").read_text(encoding="utf-8").partition("\n")
    return Page(title.removeprefix("# "), _find_first_sentence(text), "chapter", name)


def find_neighbors(endpoint: str, name: str) -> tuple[Page | None, Page | None]:
    """Find the page before and the page after a page."""
    pages = [page for part in list_parts() for page in part.pages]
    at = next((number for number, page in enumerate(pages) if (page.endpoint, page.name) == (endpoint, name)), None)
    if at is None:
        return None, None
    return (pages[at - 1] if at else None), (pages[at + 1] if at + 1 < len(pages) else None)


def _read_tour() -> list[Part]:
    """Read the modules from the tour, which a test keeps complete."""
    parts: list[tuple[str, list[Page]]] = []
    for line in (CHAPTERS / "tour.md").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            parts.append((line.removeprefix("## "), []))
        elif (found := STOP.match(line)) and parts:
            parts[-1][1].append(Page(found[1], found[2].replace("`", ""), "code", found[1]))
    return [Part(title, tuple(pages)) for title, pages in parts]


def _find_first_sentence(text: str) -> str:
    paragraph = next((each for each in text.strip().split("\n\n") if not each.startswith(("#", "{", "|"))), "")
    plain = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", " ".join(paragraph.split())).replace("`", "")
    return re.split(r"(?<=[.:])\s", plain, maxsplit=1)[0]

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


@dataclass(frozen=True)
class Place:
    """Where a page is in the contents.

    :param part: its part, with ``page``, the page itself.
    :param before: the page before it, and ``after`` the one after it.
    """

    part: Part | None = None
    page: Page | None = None
    before: Page | None = None
    after: Page | None = None


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


def find_place(endpoint: str, name: str) -> Place:
    """Find the place of a page in the contents. Pages that are not listed have an empty one."""
    return _list_places().get((endpoint, name), Place())


@cache
def _list_places() -> dict[tuple[str, str], Place]:
    listed = [(part, page) for part in list_parts() for page in part.pages]
    pages = [None, *(page for _, page in listed), None]
    return {
        (page.endpoint, page.name): Place(part, page, before, after)
        for (part, page), before, after in zip(listed, pages, pages[2:], strict=False)
    }


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

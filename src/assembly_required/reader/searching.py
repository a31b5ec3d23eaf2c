"""Search the tutorial: one index for the browser, and for a server whose visitor has no JavaScript."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from ..stack.slots import SLOTS
from .contents import Page, list_parts
from .directives import read_docstring
from .docstrings import to_markdown
from .exercising import list_exercises
from .lookup import list_builtins
from .parsing import read_file_docstring
from .places import find_examples, find_module, list_files
from .prose import CHAPTERS, make_slug
from .references import TABLES
from .sections import split_file

LENGTH = 50
"""Characters of a text that are in the index."""

TOLD = ("factory", "conduit", "stack", "web", "adapters", "data")
"""The parts of the package whose definitions are in the index with their texts, not only with their names."""

PAGES_ONLY = ("lab.", "reader.exercises.", "workbench.comparing.", "workbench.recording.")
"""The parts whose modules are in the index without their definitions, because it has to stay small."""

PARAGRAPH = 400
"""Characters of the text about an option or below a heading. It has the names that a reader knows from Django."""


@dataclass(frozen=True)
class Found:
    """Something on a page that can be found.

    :param title: the heading or the name of a definition.
    :param anchor: the name of its anchor.
    :param text: the beginning of what is written about it.
    """

    title: str
    anchor: str
    text: str


@dataclass(frozen=True)
class Indexed:
    """A page with all that can be found on it. ``place`` says which part of the tutorial it is in."""

    place: str
    page: Page
    entries: tuple[Found, ...]

    @property
    def everything(self) -> tuple[Found, ...]:
        """The page itself, and what is on it."""
        return (Found(self.page.title, "", self.page.about), *self.entries)


@dataclass(frozen=True)
class Hit:
    """A result of a search."""

    title: str
    place: str
    url: str
    text: str


@cache
def read_index() -> tuple[Indexed, ...]:
    """Read all chapters with their headings, all modules with their definitions, and all examples."""
    pages = [(part.title, page) for part in list_parts() for page in part.pages]
    indexed = [Indexed(place, page, tuple(_list_entries(page))) for place, page in pages]
    return (*indexed, *_list_examples())


def search(query: str) -> list[Hit]:
    """Find what contains every word of a query. What has them in its title comes first."""
    words = query.lower().split()
    hits = [
        (place, indexed, entry)
        for indexed in (read_index() if words else ())
        for entry in indexed.everything
        if (place := rank(entry, f"{indexed.page.title} {indexed.place}", words))
    ]
    hits.sort(key=lambda hit: hit[0])
    return [_make_hit(indexed, entry) for _, indexed, entry in hits]


def rank(entry: Found, place: str, words: list[str]) -> int:
    """Return 1 for a title that is the query, 2 for one with all its words, 3 for a text with them, otherwise 0.

    >>> rank(Found("Store.publish", "", "Insert an article."), "conduit.interfaces", ["insert", "publish"])
    3
    """
    title = entry.title.lower()
    if title == " ".join(words):
        return 1
    if all(word in title for word in words):
        return 2
    everything = f"{title} {place} {entry.text}".lower()
    return 3 if all(word in everything for word in words) else 0


def list_rows() -> list[list[object]]:
    """Return the index for the browser: the parts of the tutorial, each with a row for each page."""
    return [
        [
            place,
            [[each.page.title, each.page.url, each.page.about, [*map(_make_entry, each.entries)]] for each in pages],
        ]
        for place, pages in groupby(read_index(), key=lambda indexed: indexed.place)
    ]


def _make_entry(entry: Found) -> str | list[str]:
    """Return an entry for the browser. An anchor that is the title, and an empty text, are left out."""
    if entry.anchor != entry.title:
        return [entry.title, entry.text, entry.anchor]
    return [entry.title, entry.text] if entry.text else entry.title


def _make_hit(indexed: Indexed, entry: Found) -> Hit:
    page = indexed.page
    if entry.anchor:
        return Hit(entry.title, page.title, f"{page.url}#{entry.anchor}", entry.text)
    return Hit(entry.title, indexed.place, page.url, entry.text)


def _list_entries(page: Page) -> Iterator[Found]:
    """List the public definitions of a module, without tests, or the headings of a chapter."""
    if page.endpoint == "code":
        path = None if page.name.startswith(PAGES_ONLY) else find_module(page.name)
        for section in split_file(path) if path else ():
            if section.name and not section.short_name.startswith(("_", "test_")):
                told = page.name.partition(".")[0] in TOLD
                yield Found(section.name, section.name, shorten(section.prose) if told else "")
        return
    if page.name in SLOTS:
        yield from _list_options(page.name)
        yield from (Found(each.title, each.name, "") for each in list_exercises(page.name))
    if page.name in TABLES:
        yield from _list_rows(page.name)
    for path in (CHAPTERS / f"{page.name}.md", CHAPTERS / "slots" / f"{page.name}.md"):
        if path.exists():
            _, *rest = re.split(r"^##+ (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
            for heading, text in zip(rest[::2], rest[1::2], strict=True):
                paragraph = text.strip().partition("\n\n")[0]
                about = "" if paragraph.startswith("- [`") else shorten(paragraph, PARAGRAPH)  # modules have pages
                yield Found(heading.replace("`", ""), make_slug(heading), about)


def _list_rows(table: str) -> Iterator[Found]:
    """List the rows of a table, with the names that another framework has for them."""
    for row in list_builtins(table) if table.startswith("from_") else ():
        yield Found(row.name.replace("`", ""), row.anchor, ", ".join(row.names))


def _list_options(slot: str) -> Iterator[Found]:
    """List the options of a slot, each with what its docstring says about Django."""
    for option in SLOTS[slot].options:
        lesson = read_docstring(f"adapters.{slot}.{option.name}")
        django = re.findall(r"^\*In Django\*.+?(?=^\*)", lesson, re.DOTALL | re.MULTILINE)
        yield Found(f"{slot} = {option.name}", option.name, shorten(" ".join([option.summary, *django]), PARAGRAPH))


def _list_examples() -> Iterator[Indexed]:
    for name, path in find_examples().items():
        first = next(iter(list_files(path).values()))
        about = read_file_docstring(first)
        sections = [section for file in list_files(path).values() for section in split_file(file)]
        steps = dict.fromkeys(step for section in sections for step in section.steps)
        entries = tuple(Found(step, make_slug(step), "") for step in steps)
        yield Indexed("Examples", Page(name, shorten(about), "example", name), entries)


def shorten(text: str, length: int = LENGTH) -> str:
    """Return the beginning of a text, without marks and line breaks."""
    plain = re.sub(r"\]\([^)]*\)|[`*\[|]", "", to_markdown(text))
    return " ".join(plain.split())[:length]

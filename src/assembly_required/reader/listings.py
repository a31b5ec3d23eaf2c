"""Listings: some lines of a file, highlighted, with where they are and with which versions they were tested."""

from dataclasses import dataclass, field
from pathlib import Path

from flask import current_app, render_template, url_for
from markupsafe import Markup

from ..stack.describe import PACKAGE
from . import recorded
from .highlighting import highlight_file
from .places import EXAMPLES, PEERS, find_module, list_files, name_module
from .prose import ROOT, ChapterError
from .sections import Section, find_in_file, split_file


@dataclass(frozen=True)
class Listing:
    """Some lines of a file.

    :param title: the name of the definition, or of the file.
    :param path: the path of the file, for readers.
    :param start: the number of the first line.
    :param end: the number of the last line.
    :param html: the highlighted lines.
    :param url: its place in the tutorial; empty if it has none.
    :param source: its place in an editor or a repository; empty if ``TUTORIAL_SOURCE`` is.
    :param versions: the version of each package that it uses.
    """

    title: str
    path: str
    start: int
    end: int
    html: Markup
    url: str = ""
    source: str = ""
    versions: dict[str, str] = field(default_factory=dict)


def make_listing(path: Path, section: Section | None = None) -> Listing:
    """Make a listing of a section, without the lines of its docstring, or of a whole file."""
    lines = highlight_file(path)
    section = section or Section("", 1, len(lines))
    numbers = [number for number in range(section.start, section.end + 1) if number not in section.hidden]
    shown = path.relative_to(PACKAGE.parent if path.is_relative_to(PACKAGE) else ROOT).as_posix()
    return Listing(
        section.name or path.name,
        shown,
        section.start,
        section.end,
        Markup("\n").join(lines[number - 1] for number in numbers),
        find_url(path, section.name),
        link_source(path, section.start),
        recorded.find_versions(path),
    )


def find_url(path: Path, anchor: str = "") -> str:
    """Return the URL of the page of a file, or of a definition in it. Those of peers and tests have none."""
    if path.suffix != ".py" or path.is_relative_to(PEERS) or not path.is_relative_to(PACKAGE):
        return ""
    if anchor not in {section.name for section in split_file(path)}:
        anchor = ""  # a constant without a docstring is shown with the lines around it
    if find_module(module := name_module(path)):
        return url_for("tutorial.code", module=module, _anchor=anchor or None)
    slot, name = path.relative_to(EXAMPLES).with_suffix("").parts[:2]
    if not name.endswith("_app"):
        return ""
    return url_for("tutorial.example", slot=slot, name=name.removesuffix("_app"), _anchor=anchor or None)


def link_source(path: Path, line: int) -> str:
    """Return the URL of a line outside of the tutorial, as ``TUTORIAL_SOURCE`` describes it."""
    template: str = current_app.config.get("TUTORIAL_SOURCE", "")
    places = {"{path}": path.relative_to(ROOT).as_posix(), "{file}": path.as_posix(), "{line}": str(line)}
    for name, value in places.items():
        template = template.replace(name, value)
    return template


def quote(module: str, name: str) -> Listing:
    """Quote a definition of a module by its name.

    :raises ChapterError: there is no such module or definition.
    """
    path = find_module(module)
    if path is None:
        raise ChapterError(f"A text quotes {module}, but there is no such module.")
    return quote_file(path, name)


def quote_file(path: Path, name: str) -> Listing:
    """Quote a definition of a file by its name.

    :raises ChapterError: the file has no such definition.
    """
    section = find_in_file(path, name)
    if section is None:
        raise ChapterError(f"A text quotes {name} of {path.name}, but that file has no such definition.")
    return make_listing(path, section)


def quote_steps(example: Path, step: str = "") -> list[Listing]:
    """Quote the sections of an example that do a step; without a step, those that do any, or all definitions.

    :raises ChapterError: the example has no such step.
    """
    pieces = [(path, section) for path in list_files(example).values() for section in split_file(path)]
    found = [piece for piece in pieces if (step in piece[1].steps if step else piece[1].steps)]
    if step and not found:
        raise ChapterError(f"A text quotes the step {step!r} of {example.name}, but it has no such step.")
    return [make_listing(*piece) for piece in found or [piece for piece in pieces if piece[1].name]]


def render_listing(listing: Listing) -> Markup:
    """Render a listing for a chapter."""
    return Markup(render_template("tutorial/listing.html", listing=listing, compact=False))  # noqa: S704 - the template escapes

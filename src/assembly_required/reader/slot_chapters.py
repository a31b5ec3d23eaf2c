"""The chapter of a slot: what Django has, what each option does, what differs, and how to write another one."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from markupsafe import Markup

from ..stack.slots import SLOTS, Need, Option, Slot
from . import measured, recorded
from .directives import DIRECTIVES, differences, doc, read_docstring
from .docstrings import SOURCE, to_markdown
from .exercising import Exercise, list_exercises
from .highlighting import highlight_text
from .listings import Listing, quote, quote_steps
from .parsing import read_file_docstring
from .places import Side, find_examples, find_package, list_examples, list_sides
from .prose import CHAPTERS, make_slug, render
from .skeletons import find_interface, write_skeleton

HEADING = re.compile(r"^\*(In Django|Here|What it costs|Next)\*:?", re.MULTILINE)


@dataclass(frozen=True)
class Chosen:
    """An option in its chapter.

    :param lesson: what its docstring says, by heading.
    :param example: the steps of its example; empty if it has none.
    :param examples: the names of its examples.
    """

    option: Option
    lesson: dict[str, Markup]
    module: str
    examples: list[str]
    example: list[Listing] = field(default_factory=list)


@dataclass(frozen=True)
class SlotChapter:
    """All that the template needs."""

    slot: Slot
    texts: dict[str, Markup]
    django: list[Listing]
    options: list[Chosen]
    wanted_by: list[tuple[str, Option, Need]]
    sides: list[Side]
    links: dict[str, str]
    differences: Markup
    measured: "measured.Measured | None"
    interface: Listing | None
    skeleton: Markup

    @property
    def exercises(self) -> list[tuple[Exercise, Markup, Markup]]:
        """The exercises about this slot, each with its task and its solution as a diff."""
        return [
            (each, render(to_markdown(each.task.partition("\n")[2])), highlight_text(each.compare(each.start), "diff"))
            for each in list_exercises(self.slot.name)
        ]

    @property
    def recorded(self) -> dict[str, Any]:
        """When the differences were recorded, and with which Python."""
        return recorded.read()

    @property
    def needs(self) -> list[tuple[Option, Need]]:
        """What the options of this slot need from others."""
        return [(option, need) for option in self.slot.options for need in option.needs]

    @property
    def cannot(self) -> list[tuple[Option, str]]:
        """What the options do not support."""
        return [(option, sentence) for option in self.slot.options for sentence in option.cannot]

    @property
    def peers(self) -> list[Side]:
        """The peers that have files for this slot."""
        return [side for side in self.sides if side.title.startswith("peer")]

    def list_pairs(self, kind: str) -> list[tuple[Side, Side]]:
        """List the pairs of adapters (``adapter``) or of examples (``example``)."""
        sides = [side for side in self.sides if side.title.startswith(kind)]
        return [(one, other) for number, one in enumerate(sides) for other in sides[number + 1 :]]


def build_chapter(slot: Slot) -> SlotChapter:
    """Build the chapter of a slot from its options, its examples and its text."""
    interface = find_interface(slot.name)
    recorded_differences = recorded.find_differences(slot.name)
    return SlotChapter(
        slot,
        read_texts(slot),
        quote_steps(find_examples()[f"{slot.name}/django"]),
        [describe_option(slot, option) for option in slot.options],
        find_wanting(slot),
        list(list_sides(slot.name).values()),
        find_links(slot),
        differences(slot.name) if recorded_differences else Markup(),
        measured.read(slot),
        quote(*interface) if interface else None,
        highlight_text(write_skeleton(slot.name, slot.names[0]), "python"),
    )


def read_texts(slot: Slot) -> dict[str, Markup]:
    """Read the text of a slot, ``slots/<slot>.md``, by the anchors of its headings. What stands first is ``start``."""
    path = CHAPTERS / "slots" / f"{slot.name}.md"
    if not path.exists():
        return {"start": doc(f"adapters.{slot.name}")}
    start, *rest = re.split(r"^## (.+)\n", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    texts = {"start": start} | {make_slug(title): text for title, text in zip(rest[::2], rest[1::2], strict=True)}
    return {name: render(text, path.parent, DIRECTIVES) for name, text in texts.items()}


def describe_option(slot: Slot, option: Option) -> Chosen:
    """Describe an option by the docstring of its adapter and by its example."""
    module = f"adapters.{slot.name}.{option.name}"
    names = [name for name in (option.name, f"{option.name}_in_flask") if name in list_examples(slot.name)]
    own = [name for name in names if name != "django"]
    example = quote_steps(find_examples()[f"{slot.name}/{own[-1]}"]) if own else []
    return Chosen(option, read_lesson(module), module, names, example)


def read_lesson(module: str) -> dict[str, Markup]:
    """Read the docstring of an adapter by its headings; the sentence before them is ``start``."""
    start, *rest = HEADING.split(read_docstring(module))
    summary = start.partition(": ")[2].strip()
    lesson = {"start": summary[:1].upper() + summary[1:]} | dict(zip(rest[::2], rest[1::2], strict=True))
    package = find_package(module)
    return {name: render(to_markdown(text.strip(": \n"), package)) for name, text in lesson.items()}


def find_wanting(slot: Slot) -> list[tuple[str, Option, Need]]:
    """Find the options of other slots that work only with some options of this one."""
    return [
        (other.name, option, need)
        for other in SLOTS.values()
        for option in other.options
        for need in option.needs
        if need.slot == slot.name
    ]


@cache
def find_links(slot: Slot) -> dict[str, str]:
    """Find the page of a documentation that each example follows, by the example's name."""
    found: dict[str, str] = {}
    for name, path in list_examples(slot.name).items():
        text = (path / "README.md").read_text(encoding="utf-8") if path.is_dir() else read_file_docstring(path)
        if urls := [url for url in SOURCE.findall(text) if url.startswith("https://")]:
            found[name] = urls[-1]
    return found

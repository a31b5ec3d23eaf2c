"""Questions, and what answers them in Django, in Flask with each stack, and in FastAPI.

The first rows are derived: which option of a slot each stack has, and which files do its work in the other frameworks.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from flask import render_template
from markupsafe import Markup

from ..stack.describe import find_source
from ..stack.slots import SLOTS, Slot
from ..stack.stacks import STACKS
from .places import PEERS, list_examples, read_brought
from .prose import make_slug, render, render_inline
from .recorded import find_versions
from .references import Reference, read_table, refer

FRAMEWORKS = ("django", "fastapi")
"""The frameworks beside Flask: names of peers, of examples and of columns."""

MOST = 4
"""How many files a cell names."""


@dataclass(frozen=True)
class Cell:
    """An answer.

    :param says: the answer, in Markdown.
    :param see: references to the code that shows it, or to a test.
    :param stacks: the stacks whose answer it is; empty if it is that of all.
    """

    says: str
    see: tuple[str, ...]
    stacks: tuple[str, ...] = ()

    @property
    def text(self) -> Markup:
        """The answer as HTML."""
        return render(self.says)

    @property
    def references(self) -> list[Reference]:
        """Where it is shown."""
        return [refer(text) for text in self.see]


@dataclass(frozen=True)
class Question:
    """A question, with the answers of each framework; one of them may have none."""

    ask: str
    answers: Mapping[str, tuple[Cell, ...]]

    @property
    def heading(self) -> Markup:
        """The question as HTML."""
        return render_inline(self.ask)


def list_questions() -> dict[str, list[Question]]:
    """List the questions by topic."""
    derived = {"What does the work": [_ask_for_slot(slot) for slot in SLOTS.values()]}
    written = {topic: [_read_question(row) for row in rows] for topic, rows in read_table("side_by_side").items()}
    return derived | written


def list_cells() -> Iterator[tuple[str, Cell]]:
    """List all answers, each with its question."""
    for questions in list_questions().values():
        for question in questions:
            for cells in question.answers.values():
                yield from ((question.ask, cell) for cell in cells)


def show_questions() -> Markup:
    """Render the table for its chapter."""
    topics = {(topic, make_slug(topic)): questions for topic, questions in list_questions().items()}
    return Markup(render_template("tutorial/side_by_side.html", topics=topics))  # noqa: S704 - it escapes


def find_stacks(slot: Slot, option: str) -> tuple[str, ...]:
    """Find the named stacks that have an option.

    >>> find_stacks(SLOTS["orm"], "peewee")
    ('light',)
    """
    return tuple(name for name, choices in STACKS.items() if choices.get(slot.name, slot.names[0]) == option)


@cache
def _ask_for_slot(slot: Slot) -> Question:
    cells = [
        Cell(f"`{option}`{_format_packages(slot.name, option)}", (f"{slot.name}={option}",), find_stacks(slot, option))
        for option in slot.names
    ]
    found = {name: _find_work(slot.name, name) for name in FRAMEWORKS}
    return Question(f"`{slot.name}`", {"flask": tuple(cells)} | {name: (cell,) for name, cell in found.items() if cell})


def _format_packages(slot: str, option: str) -> str:
    packages = find_versions(find_source(slot, option)[0])
    return f": {', '.join(f'{name} {version}' for name, version in packages.items())}" if packages else ""


def _find_work(slot: str, framework: str) -> Cell | None:
    """Find what does the work of a slot in another framework: files of the peer, or the example alone."""
    folder = PEERS / framework
    files = [path for path in read_brought(folder).get(slot, []) if path.suffix == ".py" and path.stat().st_size]
    if files:
        names = tuple(path.relative_to(PEERS.parent).as_posix() for path in files)
        return Cell(f"{len(files)} {'file' if len(files) == 1 else 'files'} of the peer", names[:MOST])
    if framework in list_examples(slot):
        path = f"examples/{slot}/{framework}_app.py"
        return Cell("what it brings, as in the example", (path,))
    return None


def _read_question(row: Mapping[str, Any]) -> Question:
    answers = {name: (_read_cell(row[name]),) for name in FRAMEWORKS if name in row}
    flask = row["flask"]
    if isinstance(flask, dict):
        slot = SLOTS[row["slot"]]
        cells = [_read_cell(cell, find_stacks(slot, option), option) for option, cell in flask.items()]
    else:
        cells = [_read_cell(flask)]
    return Question(row["ask"], answers | {"flask": tuple(cells)})


def _read_cell(value: list[str], stacks: tuple[str, ...] = (), option: str = "") -> Cell:
    says, *see = value
    return Cell(f"**{option}**: {says}" if option else says, tuple(see), stacks)

"""A table of differences: what every slot's module makes, and every format is made from.

*In Django* it would be the context of a template.

*Here* a row for each input, or for each option; a cell says in which of a few ways it stands out, and keeps the whole
of what it shortens.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.lab.differences.said`.
"""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["", "accepts", "refuses", "fails", "code"]


@dataclass(frozen=True)
class Cell:
    """One fact.

    :param text: for people.
    :param kind: the verdict of an answer; or that the text is code.
    :param raw: for programs.
    """

    text: str
    kind: Kind = ""
    raw: Any = None


@dataclass(frozen=True)
class Row:
    """What is said about one thing.

    :param name: the thing.
    :param cells: by the heading of their column.
    :param detail: the thing itself, where it is an input.
    :param differs: in what the cells differ.
    """

    name: str
    cells: dict[str, Cell]
    detail: str = ""
    differs: str = ""


@dataclass(frozen=True)
class Table:
    """All that was found out in one go.

    :param title: what it is about, in some words.
    :param about: how to read it.
    :param first: the heading of the first column.
    :param findings: what follows from it, a sentence each.
    :param absent: options without a column or a row, and why.
    """

    title: str
    about: str
    first: str
    rows: list[Row]
    findings: list[str] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The headings of all columns but the first."""
        return list(dict.fromkeys(name for row in self.rows for name in row.cells))


def as_json(table: Table) -> dict[str, Any]:
    """A table as JSON values."""
    return {
        "title": table.title,
        "about": table.about,
        "rows": [_row_as_json(row, table.first) for row in table.rows],
        "findings": table.findings,
        "absent": table.absent,
    }


def _row_as_json(row: Row, first: str) -> dict[str, Any]:
    about = {"sent": row.detail, "differs": row.differs} if row.detail else {}
    return {first: row.name, **about, "cells": {name: _cell_as_json(cell) for name, cell in row.cells.items()}}


def _cell_as_json(cell: Cell) -> Any:
    if cell.kind in ("", "code"):
        return cell.text if cell.raw is None else cell.raw
    return {"verdict": cell.kind, "text": cell.text, "raw": cell.raw}

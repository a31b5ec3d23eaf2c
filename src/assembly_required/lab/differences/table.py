"""A table of differences. Each slot's module creates some, and every output format renders them."""

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["", "accepts", "refuses", "fails", "code"]


@dataclass(frozen=True)
class Cell:
    """One cell.

    :param text: the text to show.
    :param kind: the verdict, or ``code`` if the text is code.
    :param raw: the full value for the JSON output.
    """

    text: str
    kind: Kind = ""
    raw: Any = None


@dataclass(frozen=True)
class Row:
    """One input or one option.

    :param name: the name of the input or option.
    :param cells: the cells by the heading of their column.
    :param detail: the input itself, if the row is about one.
    :param differs: how the cells differ: ``verdict``, ``words`` or an empty string.
    """

    name: str
    cells: dict[str, Cell]
    detail: str = ""
    differs: str = ""


@dataclass(frozen=True)
class Table:
    """A table with its title and findings.

    :param title: the title.
    :param about: how to read the table.
    :param first: the heading of the first column.
    :param findings: the conclusions, one sentence each.
    :param absent: the options without a column or row, with the reason.
    """

    title: str
    about: str
    first: str
    rows: list[Row]
    findings: list[str] = field(default_factory=list)
    absent: dict[str, str] = field(default_factory=dict)

    @property
    def columns(self) -> list[str]:
        """The headings of all columns except the first."""
        return list(dict.fromkeys(name for row in self.rows for name in row.cells))


def as_json(table: Table) -> dict[str, Any]:
    """Convert a table to JSON values."""
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

"""The tables for a terminal, and in Markdown.

*In Django* templates; ``{% if forloop.last %}`` and its kin.

*Here* two functions. Six columns of sentences do not fit into a terminal, so there each row is a block; on a page they
do. Both shorten what is long: all of it is in the JSON.

*What it costs*: Markdown has to be told which of its signs are meant as signs, and inside of backticks cannot be.

*Next*: :mod:`assembly_required.contract`.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap

import click

from .table import Cell, Kind, Table

WIDTH = 100
LINES = 3
"""How many lines of the terminal a cell takes at most."""

LONGEST = 160
"""How many characters a cell of a page has at most."""

COLOURS: dict[Kind, str] = {"accepts": "yellow", "fails": "red", "code": "cyan"}

SIGNS = r"\|<>*_~[]#"
"""What means something to Markdown within a line."""

WORTH_KEEPING = ("token", "hash")
"""Columns that mean nothing when they are shortened."""


def as_lines(tables: Sequence[Table]) -> Iterator[str]:
    """The tables for a terminal; it decides itself whether to show the colours."""
    for table in tables:
        yield click.style(table.title, bold=True)
        yield from wrap(table.about, WIDTH)
        for row in table.rows:
            yield ""
            yield click.style(row.name, bold=True) + clipped(row.detail, WIDTH - len(row.name) - 2)
            yield from block(row.cells)
        yield ""
        for finding in table.findings:
            yield from wrap(finding, WIDTH, subsequent_indent="  ")
        for name, reason in table.absent.items():
            yield from wrap(f"{name}: {reason}.", WIDTH, subsequent_indent="  ")
        yield ""


def block(cells: dict[str, Cell]) -> Iterator[str]:
    """A line or a few for each cell, the headings aligned."""
    indent = max(map(len, cells)) + 4
    for name, cell in cells.items():
        lines = wrap(visible(said(cell)), WIDTH - indent) or ["-"]
        if len(lines) > LINES and name not in WORTH_KEEPING:
            lines = [*lines[: LINES - 1], shorten_line(lines[LINES - 1])]
        for number, line in enumerate(lines):
            label = f"  {name}" if number == 0 else ""
            yield label.ljust(indent) + click.style(line, fg=COLOURS.get(cell.kind))


def said(cell: Cell) -> str:
    """What stands in a cell, its verdict included."""
    if cell.kind == "accepts":
        return f"accepts {cell.text}"
    return f"fails: {cell.text}" if cell.kind == "fails" else cell.text


def shorten_line(line: str) -> str:
    """A line that says that more would follow."""
    return f"{line[: WIDTH // 2]} ..."


def visible(text: str) -> str:
    r"""A text without what a terminal cannot print, or would obey.

    >>> visible("a\x00b\ud800")
    'a\\x00b\\ud800'
    """
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    return shown.encode(errors="backslashreplace").decode()


def clipped(detail: str, room: int) -> str:
    """As much of an input as there is room for, after two spaces."""
    text = visible(detail)
    return "  " + click.style(text if len(text) <= room else f"{text[: room - 3]}...", dim=True) if text else ""


def as_markdown(tables: Sequence[Table]) -> Iterator[str]:
    """The tables as GitHub shows them."""
    for table in tables:
        columns = table.columns
        yield from (f"## {table.title}", "", prose(table.about), "")
        yield line([table.first, *columns])
        yield line(["---"] * (len(columns) + 1))
        for row in table.rows:
            detail = f"<br>{code(limited(row.detail, 60))}" if row.detail else ""
            cells = [marked(name, row.cells[name]) if name in row.cells else "" for name in columns]
            yield line([prose(row.name) + detail, *cells])
        yield ""
        yield from (f"- {prose(finding)}" for finding in table.findings)
        yield from (f"- {prose(f'{name}: {reason}.')}" for name, reason in table.absent.items())
        if table.findings or table.absent:
            yield ""


def line(cells: Sequence[str]) -> str:
    """A row of a table."""
    return f"| {' | '.join(cells)} |"


def marked(name: str, cell: Cell) -> str:
    """A cell with its verdict in bold."""
    text = cell.text if name in WORTH_KEEPING else limited(cell.text, LONGEST)
    if cell.kind == "code":
        return code(text)
    verdict = f"**{cell.kind}** " if cell.kind in ("accepts", "fails") else ""
    return verdict + prose(text)


def limited(text: str, length: int) -> str:
    """A text, or as much of it as is wanted."""
    return text if len(text) <= length else f"{text[:length]}..."


def code(text: str) -> str:
    r"""Text as code in a cell, where only the bar means something.

    >>> code("a|b")
    '`a\\|b`'
    """
    inside = visible(text).replace("|", r"\|")
    return f"`` {inside} ``" if "`" in inside else f"`{inside}`"


def prose(text: str) -> str:
    r"""Text in which no sign means anything to Markdown, but for the backticks that msgspec uses as Markdown does.

    >>> prose("Expected `str` <= 5 | *")
    'Expected `str` \\<= 5 \\| \\*'
    """
    parts = visible(text).split("`")
    if len(parts) % 2 == 0:
        return escaped(visible(text), SIGNS + "`")
    return "`".join(escaped(part, "|" if odd % 2 else SIGNS) for odd, part in enumerate(parts))


def escaped(text: str, signs: str) -> str:
    """A text with a backslash before each of some signs."""
    return "".join(f"\\{sign}" if sign in signs else sign for sign in text)

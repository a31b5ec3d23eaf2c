"""Render the tables for a terminal and as Markdown.

In a terminal each row is a block, because the columns would not fit. Both formats shorten long texts; the JSON output
has the full texts.
"""

from collections.abc import Iterator, Sequence
from textwrap import wrap

import click

from .table import Cell, Kind, Table

WIDTH = 100
LINES = 3
"""The maximum number of lines of a cell in the terminal."""

LONGEST = 160
"""The maximum number of characters of a cell in Markdown."""

COLOURS: dict[Kind, str] = {"accepts": "yellow", "fails": "red", "code": "cyan"}

SIGNS = r"\|<>*_~[]#"
"""Characters with a meaning in Markdown inside a line."""

WORTH_KEEPING = ("token", "hash")
"""Columns that are never shortened."""


def as_lines(tables: Sequence[Table]) -> Iterator[str]:
    """Yield the tables as lines for a terminal, with colours that ``click.echo`` removes if needed."""
    for table in tables:
        yield click.style(table.title, bold=True)
        yield from wrap(table.about, WIDTH)
        for row in table.rows:
            yield ""
            yield click.style(row.name, bold=True) + clip(row.detail, WIDTH - len(row.name) - 2)
            yield from block(row.cells)
        yield ""
        for finding in table.findings:
            yield from wrap(finding, WIDTH, subsequent_indent="  ")
        for name, reason in table.absent.items():
            yield from wrap(f"{name}: {reason}.", WIDTH, subsequent_indent="  ")
        yield ""


def block(cells: dict[str, Cell]) -> Iterator[str]:
    """Yield up to ``LINES`` lines for each cell, with aligned headings."""
    indent = max(map(len, cells)) + 4
    for name, cell in cells.items():
        lines = wrap(escape_control(add_verdict(cell)), WIDTH - indent) or ["-"]
        if len(lines) > LINES and name not in WORTH_KEEPING:
            lines = [*lines[: LINES - 1], shorten_line(lines[LINES - 1])]
        for number, line in enumerate(lines):
            label = f"  {name}" if number == 0 else ""
            yield label.ljust(indent) + click.style(line, fg=COLOURS.get(cell.kind))


def add_verdict(cell: Cell) -> str:
    """Return the text of a cell, with its verdict."""
    if cell.kind == "accepts":
        return f"accepts {cell.text}"
    return f"fails: {cell.text}" if cell.kind == "fails" else cell.text


def shorten_line(line: str) -> str:
    """Shorten a line and end it with dots."""
    return f"{line[: WIDTH // 2]} ..."


def escape_control(text: str) -> str:
    r"""Escape the characters that a terminal cannot print or would interpret.

    >>> escape_control("a\x00b\ud800")
    'a\\x00b\\ud800'
    """
    shown = "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)
    return shown.encode(errors="backslashreplace").decode()


def clip(detail: str, room: int) -> str:
    """Return two spaces and the input, shortened to ``room`` characters."""
    text = escape_control(detail)
    return "  " + click.style(text if len(text) <= room else f"{text[: room - 3]}...", dim=True) if text else ""


def as_markdown(tables: Sequence[Table]) -> Iterator[str]:
    """Yield the tables as lines of GitHub Markdown."""
    for table in tables:
        columns = table.columns
        yield from (f"## {table.title}", "", prose(table.about), "")
        yield line([table.first, *columns])
        yield line(["---"] * (len(columns) + 1))
        for row in table.rows:
            detail = f"<br>{code(shorten(row.detail, 60))}" if row.detail else ""
            cells = [format_cell(name, row.cells[name]) if name in row.cells else "" for name in columns]
            yield line([prose(row.name) + detail, *cells])
        yield ""
        yield from (f"- {prose(finding)}" for finding in table.findings)
        yield from (f"- {prose(f'{name}: {reason}.')}" for name, reason in table.absent.items())
        if table.findings or table.absent:
            yield ""


def line(cells: Sequence[str]) -> str:
    """Join cells to a row of a Markdown table."""
    return f"| {' | '.join(cells)} |"


def format_cell(name: str, cell: Cell) -> str:
    """Return the Markdown of a cell, with its verdict in bold."""
    text = cell.text if name in WORTH_KEEPING else shorten(cell.text, LONGEST)
    if cell.kind == "code":
        return code(text)
    verdict = f"**{cell.kind}** " if cell.kind in ("accepts", "fails") else ""
    return verdict + prose(text)


def shorten(text: str, length: int) -> str:
    """Shorten a text to ``length`` characters."""
    return text if len(text) <= length else f"{text[:length]}..."


def code(text: str) -> str:
    r"""Format text as code in a table cell, where only the bar must be escaped.

    >>> code("a|b")
    '`a\\|b`'
    """
    inside = escape_control(text).replace("|", r"\|")
    return f"`` {inside} ``" if "`" in inside else f"`{inside}`"


def prose(text: str) -> str:
    r"""Escape Markdown, except for pairs of backticks, which msgspec uses for code as well.

    >>> prose("Expected `str` <= 5 | *")
    'Expected `str` \\<= 5 \\| \\*'
    """
    parts = escape_control(text).split("`")
    if len(parts) % 2 == 0:
        return escape(escape_control(text), SIGNS + "`")
    return "`".join(escape(part, "|" if odd % 2 else SIGNS) for odd, part in enumerate(parts))


def escape(text: str, signs: str) -> str:
    """Put a backslash before each of the given characters."""
    return "".join(f"\\{sign}" if sign in signs else sign for sign in text)

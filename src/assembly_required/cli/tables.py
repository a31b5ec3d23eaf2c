"""Tables of the commands: aligned by rich, with colours on a terminal, and as plain text of any width elsewhere."""

import sys
from collections.abc import Iterable, Sequence

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text


def build_grid(rows: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> Table:
    """Rows of texts in aligned columns, each column in its style."""
    grid = Table.grid(padding=(0, 2))
    for style in styles:
        grid.add_column(style=style, overflow="fold")
    for row in rows:
        grid.add_row(*map(Text, row))
    return grid


def render_lines(*parts: RenderableType) -> list[str]:
    """What standard output is to show, line by line: as wide as the terminal, or without a limit if there is none."""
    terminal = sys.stdout.isatty()
    console = Console(highlight=False) if terminal else Console(highlight=False, width=10_000, color_system=None)
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    return [line.rstrip() for line in captured.get().splitlines()]

"""Tables for the commands, by rich: with colours in a terminal, and as plain text of any width elsewhere."""

import sys
from collections.abc import Iterable, Sequence

import click
from rich.console import Console, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text


def build_grid(rows: Iterable[Sequence[str]], styles: Sequence[str] = ()) -> Table:
    """Align rows of texts in columns. ``styles`` are those of the first columns."""
    grid = Table.grid(padding=(0, 2))
    for style in styles:
        grid.add_column(style=style, overflow="fold")
    for row in rows:
        grid.add_row(*map(Text, row))
    return grid


def render_options(options: Sequence[tuple[str, str, Sequence[str]]]) -> list[RenderableType]:
    """Show each option with its status and, below it, its remarks."""
    width = max(len(name) for name, _, _ in options)
    parts: list[RenderableType] = []
    for name, status, remarks in options:
        grid = build_grid([(name.ljust(width), status)], ("cyan",))
        parts += [Padding(grid, (0, 0, 0, 2)), *(Padding(Text(remark), (0, 0, 0, 6)) for remark in remarks)]
    return parts


def print_lines(parts: Iterable[RenderableType]) -> None:
    """Print several parts, one below the other."""
    for line in render_lines(*parts):
        click.echo(line)


def render_lines(*parts: RenderableType) -> list[str]:
    """Return the lines to print: as wide as the terminal, or of any width where there is no terminal."""
    terminal = sys.stdout.isatty()
    console = Console(highlight=False) if terminal else Console(highlight=False, width=10_000, color_system=None)
    with console.capture() as captured:
        for part in parts:
            console.print(part)
    return [line.rstrip() for line in captured.get().splitlines()]

"""``flask stack diff --side-by-side``: show the source of two options in two columns."""

from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import zip_longest

from rich.box import SIMPLE
from rich.syntax import Syntax
from rich.table import Table
from rich.text import Text

from .siblings import Source

CONTEXT = 3
Cells = tuple[Text, Text]
EMPTY: Cells = (Text(), Text())


def build_tables(pairs: Iterable[tuple[Source, Source]]) -> Iterator[Table]:
    """Yield a table for each pair of files that differ."""
    for (title, lines), (other_title, other_lines) in pairs:
        if lines != other_lines:
            yield build_table([title, other_title], lines, other_lines)


def build_table(titles: Sequence[str], before: Sequence[str], after: Sequence[str]) -> Table:
    """Show two files as two columns with line numbers: the lines that differ, with a few lines around them."""
    table = Table(box=SIMPLE, pad_edge=False, show_edge=False)
    for title in titles:
        table.add_column(justify="right", no_wrap=True)
        table.add_column(Text(title), overflow="fold", ratio=1)
    left, right = number_lines(before, "-", "red"), number_lines(after, "+", "green")
    for group in SequenceMatcher(None, before, after, autojunk=False).get_grouped_opcodes(CONTEXT):
        for kind, start, end, other_start, other_end in group:
            pairs = zip_longest(left[start:end], right[other_start:other_end], fillvalue=EMPTY)
            for (mark, text), (other_mark, other_text) in pairs:
                if kind == "equal":
                    table.add_row(mark[:-2], text, other_mark[:-2], other_text, style="dim")
                else:
                    table.add_row(mark, text, other_mark, other_text)
        table.add_section()
    return table


def number_lines(lines: Sequence[str], sign: str, style: str) -> list[Cells]:
    """Highlight lines of Python. Each gets its number, followed by the sign of a line that differs."""
    code = Syntax("", "python", theme="ansi_dark", background_color="default").highlight("\n".join(lines))
    texts = code.split("\n", allow_blank=True)[: len(lines)]
    return [(Text(f"{number} {sign}", style), text) for number, text in enumerate(texts, start=1)]

"""Charts as data: bars with their spread, and stacked bars. The templates draw them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Bar:
    """One bar.

    :param label: what it stands for.
    :param value: its length, in the unit of the chart; ``None`` if it was not measured.
    :param text: the value for people.
    :param aside: a second value, shown beside the first.
    :param kind: the kind of candidate, which sets the colour.
    :param low: the start of its spread.
    :param high: the end of its spread.
    :param notes: words beside the label, such as ``tuned``.
    """

    label: str
    value: float | None
    text: str
    kind: str = "stack"
    low: float | None = None
    high: float | None = None
    aside: str = ""
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Table:
    """The numbers of a chart, as text. The first cell of each row names it."""

    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Chart:
    """A chart of bars with a common scale that starts at 0.

    :param key: its id in the page.
    :param title: what is shown.
    :param lead: a sentence on how to read it.
    :param table: the same figures, and those that have no bar.
    :param mark: a value to draw a line at, such as the ratio of the reference.
    """

    key: str
    title: str
    lead: str
    bars: Sequence[Bar]
    table: Table
    mark: float | None = None

    @property
    def scale(self) -> float:
        """The value at the right end."""
        ends = [end for bar in self.bars for end in (bar.value, bar.high) if end is not None]
        return max([*ends, self.mark or 0]) or 1

    @property
    def description(self) -> str:
        """The chart in one sentence, for those who cannot see it."""
        measured = [bar for bar in self.bars if bar.value is not None]
        values = ", ".join(f"{bar.label} {bar.text}" for bar in measured)
        return f"Bar chart. {self.title}: {values or 'nothing was measured'}."


@dataclass(frozen=True)
class Segment:
    """A part of a stacked bar.

    :param name: the part.
    :param share: its share of the whole, from 0 to 1.
    :param start: the shares before it.
    """

    name: str
    share: float
    start: float


@dataclass(frozen=True)
class StackedBar:
    """A bar that is divided into parts."""

    label: str
    segments: Sequence[Segment]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class StackedChart:
    """A chart of divided bars, all of the same length.

    :param parts: the names of the parts.
    """

    parts: Sequence[str]
    bars: Sequence[StackedBar]
    table: Table


def divide(label: str, shares: Mapping[str, float], notes: tuple[str, ...] = ()) -> StackedBar:
    """Put the parts of a bar one after the other.

    >>> [(each.name, each.start) for each in divide("one", {"sql": 0.5, "ours": 0.5}).segments]
    [('sql', 0.0), ('ours', 0.5)]
    """
    segments, start = [], 0.0
    for name, share in shares.items():
        segments.append(Segment(name, share, start))
        start += share
    return StackedBar(label, segments, notes)

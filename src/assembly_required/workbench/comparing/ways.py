"""The steps of both sides, in one table."""

from collections.abc import Sequence

from ..recording.recorder import Recording
from ..timeline import Row, list_rows
from .aligning import Pair, align


def compare_ways(left: Recording, right: Recording) -> list[Pair[Row]]:
    """Return the steps of both sides in the order in which they began. Statements are not among them."""
    return [*align(list_steps(left), list_steps(right), name_step)]


def list_steps(recording: Recording) -> Sequence[Row]:
    """Return the steps of a side."""
    return [row for row in list_rows(recording) if row.kind != "SQL"]


def name_step(row: Row) -> tuple[str, str]:
    """Return what makes a step of one side the same as one of the other."""
    return row.kind, row.name

"""The statements of both sides, in one table."""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter

from ..recording.recorder import Recording
from ..statements import Group, group_statements
from .aligning import Pair, match


@dataclass(frozen=True)
class Queries:
    """The statements of both sides.

    :param rows: statements that do the same to the same table are in one row.
    :param controls: how many more only control the connection, on each side.
    :param reasons: why there may be no statements, on each side.
    """

    rows: list[Pair[Group]]
    controls: list[int]
    reasons: list[str]


def compare_queries(recordings: Sequence[Recording]) -> Queries:
    """Pair the statements of two sides."""
    left, right = (group_statements(each) for each in recordings)
    return Queries(
        list(match(left, right, attrgetter("title"))),
        [each.controls for each in recordings],
        [each.without_sql for each in recordings],
    )

"""The summary: one row for each stack, peer and baseline."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from .candidates import LIST, Candidate, get_timing, is_noise, list_kinds, list_notes


@dataclass(frozen=True)
class Row:
    """A row of the summary.

    :param timing: that of the list request; ``None`` if it was not timed.
    :param notes: words beside the name.
    :param noise: whether the difference from the reference is too small to be measured.
    """

    candidate: Candidate
    timing: Mapping[str, Any] | None
    notes: tuple[str, ...]
    noise: bool


def build_summary(result: Mapping[str, Any]) -> list[Row]:
    """Build the rows. Stacks with one slot changed are in the part about that slot."""
    return [
        Row(each, get_timing(each, LIST), list_notes(each, result["reference"]), is_noise(each, LIST, result))
        for each in list_kinds(result, "stack", "peer", "example", "baseline", "control")
    ]

"""The results of ``--waiting`` for people."""

from collections.abc import Iterable
from typing import Any

from ..report import FIGURES, format_figures
from .run import Effort
from .upstream import SECONDS

HEAD = ("", "connections", *FIGURES)


def waiting_as_rows(results: Iterable[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    return [HEAD, *((each["way"], f"{each['connections']:,}", *format_figures(each)) for each in results)]


def describe_waiting(effort: Effort) -> str:
    """Describe how the numbers were measured."""
    rounds = "" if effort.rounds == 1 else f", {effort.rounds} times; the numbers are medians"
    return (
        f"Each request waits {SECONDS * 1_000:.0f} ms for another service. One worker process, {effort.seconds} s of "
        f"requests{rounds}. The upstream and wrk, which sends the requests, run on the same machine. "
        "CPU ms is the CPU time of the server for each request."
    )

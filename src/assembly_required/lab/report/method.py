"""How each figure was measured, the command that repeats it, and what the figures do not say."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .numbers import format_name

Result = Mapping[str, Any]


@dataclass(frozen=True)
class Method:
    """How some figures were measured.

    :param figure: what the report calls them.
    :param text: how, in full sentences.
    :param command: what to type to measure them again.
    :param applies: whether a result has them.
    """

    figure: str
    text: str
    command: str
    applies: Callable[[Result], bool] = lambda result: True


METHODS = (
    Method(
        "CPU per request, ratio",
        "Every candidate has the same data and is warmed up. In each round all of them answer the same requests, in "
        "random order, and each time is divided by that of the reference in the same round. The figure is the median "
        "of these ratios, and the spread is their middle half. It is CPU time without a server; waiting for a database "
        "server is not in it. Before that, the answers were compared.",
        "flask compare --details",
    ),
    Method(
        "No measurable difference",
        "The control is the reference a second time, as a candidate of its own. If the middle half of the ratios "
        "of a candidate overlaps with that of the control, the difference is not larger than the noise.",
        "flask compare --details",
    ),
    Method(
        "Statements",
        "The SQL statements of one request, counted where the database receives them.",
        "flask stack sql list_articles",
    ),
    Method(
        "Cold start",
        "The time from starting Python to the first answer, the shortest of several starts.",
        "flask compare",
    ),
    Method("Memory", "The resident memory of one process after some requests that read.", "flask compare"),
    Method(
        "Packages, megabytes",
        "The distributions to install, with all that they need in turn, and the sizes of their files. In the part "
        "about a slot, those that Flask needs itself are left out.",
        "flask stack diff classic bare",
    ),
    Method(
        "Lines for the slots",
        "Lines of code without docstrings, comments and blank lines: of a stack its adapters, of a peer the files that "
        "do the work of slots.",
        "flask peers lines",
    ),
    Method(
        "Where the time goes",
        "Samples of the stack during list requests: each counts for the package whose code runs at that moment.",
        "flask compare --details",
        lambda result: any(each.get("shares") for each in result["candidates"]),
    ),
    Method(
        "Requests per second, latency",
        "wrk sends requests to a server that people use in production. Both run on this machine and share its "
        "processors. The figures are medians of the rounds, and the spread is from the slowest round to the fastest.",
        "flask compare --serve",
        lambda result: bool(result.get("serve")),
    ),
    Method(
        "An endpoint that waits",
        "Each request waits 50 ms for another server, which runs on this machine too.",
        "flask compare --waiting",
        lambda result: bool(result.get("waiting")),
    ),
    Method(
        "The contract",
        "The same tests, over HTTP, for every stack and every peer.",
        "pytest --stack classic src/assembly_required/contract",
        lambda result: bool(result.get("contract")),
    ),
    Method(
        "Health of packages",
        "What PyPI says about the newest release of each package.",
        "flask stack health --update",
    ),
)


def list_limitations(result: Result) -> list[str]:
    """List what the figures do not say, for this result."""
    return [*_limit(result)]


def _limit(result: Result) -> Iterator[str]:
    data, cores = result["data"], result["machine"]["cores"]
    yield (
        f"One blog with {data['articles']:,} articles in {format_name(data['database'])}, on one machine with "
        f"{cores} {'processor' if cores == 1 else 'processors'}. Another application does other work."
    )
    yield (
        "CPU per request is not response time: in production the database, the network and the browser take more of it."
    )
    yield (
        "Ratios are more reliable than microseconds, which change from machine to machine. Differences within the "
        "noise are marked, and there are no ranks."
    )
    if any(each.get("tuned") for each in result["candidates"]):
        yield (
            "Candidates marked tuned are written for speed. The others are written as the documentation of their "
            "packages shows it; compare like with like."
        )
    yield (
        "Stacks share code that no package needs: the rules of the blog and its slots. Peers are whole applications "
        "in the style of their communities."
    )
    if data["database"] == "sqlite":
        yield "SQLite runs inside the process, so its work is part of the CPU time; that of a server would not be."
    if result.get("serve") or result.get("waiting"):
        yield "The program that sends the requests runs on the same machine and takes processor time from the server."
    if result["effort"]["rounds"] < 50:
        yield (
            f"Only {result['effort']['rounds']} rounds were measured. Measure more of them before a small difference "
            "decides."
        )

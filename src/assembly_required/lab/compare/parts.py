"""Format the comparisons of one part, such as ``--loading``, as text and as JSON."""

import platform
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from .data import Size
from .growth import SMALL, Growth
from .loading import PAGE, Way
from .measure import BLOCK, Timing


def ranking_as_lines(rankings: Mapping[str, Mapping[str, Timing]], rounds: int) -> Iterator[str]:
    """Yield the comparison of the validation options as lines of text."""
    width = max(len(name) for ranking in rankings.values() for name in ranking)
    yield f"{rounds} rounds of {BLOCK} calls; CPU time, and its ratio to plain (half of the rounds are in the range)."
    for job, ranking in rankings.items():
        yield ""
        yield job
        yield f"  {'':{width}}       µs  ratio          range"
        for name, timing in ranking.items():
            between = "{:.2f} to {:.2f}".format(*timing.quartiles)
            yield f"  {name:{width}}  {timing.microseconds:7.1f}  {timing.ratio:5.2f}  {between:>13}"
    yield ""
    yield "'plain again' is the control: differences as small as its own are noise."


def ranking_as_json(rankings: Mapping[str, Mapping[str, Timing]], rounds: int) -> dict[str, Any]:
    """Convert the comparison of the validation options to JSON values."""
    return {
        "python": platform.python_version(),
        "rounds": rounds,
        "calls_per_block": BLOCK,
        "reference": "plain",
        "jobs": {
            job: {name: _timing_as_json(timing) for name, timing in ranking.items()}
            for job, ranking in rankings.items()
        },
    }


def describe_loading(ways: Sequence[Way], rounds: int) -> str:
    """Say how to read the table of the loading examples."""
    first = ways[0]
    return (
        f"One page of {PAGE} articles with author, tags and number of comments; {rounds} rounds of {BLOCK} calls.\n"
        f"CPU time, and its ratio to {first.name} with {first.orm} (half of the rounds are in the range).\n"
    )


def loading_as_rows(ways: Sequence[Way]) -> list[tuple[str, ...]]:
    """Convert the ways of the loading examples to the rows of a table."""
    rows: list[tuple[str, ...]] = [("way", "orm", "statements", "µs", "ratio", "range")]
    for way in ways:
        low, high = way.timing.quartiles
        numbers = f"{way.timing.microseconds:,.0f}", f"{way.timing.ratio:.3f}", f"{low:.3f} to {high:.3f}"
        rows.append((way.name, way.orm, str(way.statements), *numbers))
    return rows


def loading_as_json(ways: Sequence[Way], rounds: int) -> dict[str, Any]:
    """Convert the ways of the loading examples to JSON values."""
    return {
        "python": platform.python_version(),
        "rounds": rounds,
        "calls_per_block": BLOCK,
        "articles": PAGE,
        "reference": {"orm": ways[0].orm, "way": ways[0].name},
        "ways": [
            {"orm": way.orm, "way": way.name, "statements": way.statements, **_timing_as_json(way.timing)}
            for way in ways
        ],
    }


def describe_growth(large: Size, rounds: int, server: str | None) -> str:
    """Say how to read the table of the growing lists.

    :param server: the version of PostgreSQL, or ``None`` if the data was in SQLite.
    """
    time = f"Elapsed time per request on PostgreSQL {server}" if server else "CPU time per request on SQLite"
    return (
        f"{SMALL.articles:,} articles by {SMALL.users:,} users, and {large.articles:,} by {large.users:,}; "
        f"{rounds} rounds of {BLOCK} requests.\n"
        f"{time} in each, and the ratio of the two (half of the rounds are in the range).\n"
    )


def growth_as_rows(lists: Sequence[Growth]) -> list[tuple[str, ...]]:
    """Convert the growing lists to the rows of a table."""
    rows: list[tuple[str, ...]] = [("list", "orm", "articles", "in the large", "µs", "in the large", "ratio", "range")]
    for each in lists:
        low, high = each.large.quartiles
        times = f"{each.small.microseconds:,.0f}", f"{each.large.microseconds:,.0f}", f"{each.large.ratio:.2f}"
        rows.append((each.name, each.orm, *(f"{count:,}" for count in each.counts), *times, f"{low:.2f} to {high:.2f}"))
    return rows


def growth_as_json(lists: Sequence[Growth], large: Size, rounds: int, server: str | None) -> dict[str, Any]:
    """Convert the growing lists to JSON values.

    :param server: the version of PostgreSQL, or ``None`` if the data was in SQLite.
    """
    return {
        "python": platform.python_version(),
        "rounds": rounds,
        "requests_per_block": BLOCK,
        "postgresql": server,
        "time": "elapsed" if server else "CPU",
        "small": asdict(SMALL),
        "large": asdict(large),
        "lists": [
            {
                "orm": each.orm,
                "list": each.name,
                "small": {"articles": each.counts[0], "microseconds": round(each.small.microseconds, 1)},
                "large": {"articles": each.counts[1], **_timing_as_json(each.large)},
            }
            for each in lists
        ],
    }


def _timing_as_json(timing: Timing) -> dict[str, Any]:
    return {
        "microseconds": round(timing.microseconds, 1),
        "ratio": round(timing.ratio, 4),
        "quartiles": [round(each, 4) for each in timing.quartiles],
    }

"""Sentences that follow from the numbers of ``--waiting``, each with the rule that made it."""

from collections.abc import Iterator, Sequence

from ..findings import Finding, Result, finding, rank
from ..wrk import TIMEOUT
from .upstream import SECONDS


def find_waiting(results: Sequence[Result]) -> list[Finding]:
    """Apply all rules."""
    ways = [each for each in results if each["way"] != "the upstream alone"]
    most = max(each["connections"] for each in ways)
    last = [each for each in ways if each["connections"] == most]
    return [*find_limits(last), *find_fastest(ways), *compare_clients(last), *find_errors(last)]


def find_limits(last: Sequence[Result]) -> Iterator[Finding]:
    """Which ways cannot answer more than their threads allow."""
    limited = [each for each in last if each["at_once"]]
    if limited:
        parts = [
            f"{each['way']}: at most {each['at_once'] / SECONDS:,.0f} ({each['requests_per_second']:,.0f} measured)"
            for each in limited
        ]
        yield finding(
            "threads limit it",
            [each["way"] for each in limited],
            f"A server with n threads answers at most n requests in {SECONDS * 1_000:.0f} ms. "
            f"Per second, that is: {'; '.join(parts)}.",
        )


def find_fastest(ways: Sequence[Result]) -> Iterator[Finding]:
    """Which way is the fastest, and which one of Flask, at each number of connections."""
    for connections in dict.fromkeys(each["connections"] for each in ways):
        here = rank([each for each in ways if each["connections"] == connections])
        flask = next((each for each in here if each["way"].startswith("Flask")), None)
        sentence = f"At {connections:,} connections, the most is {format_way(here[0])}"
        if flask and flask is not here[0]:
            share = flask["requests_per_second"] / here[0]["requests_per_second"]
            equal = flask["high"] >= here[0]["low"]
            much = "as much as far as this can be measured" if equal else f"{share:.0%} of that"
            sentence += f"; the most with Flask is {format_way(flask)}, {much}"
        yield finding("the fastest way", [each["way"] for each in (here[0], flask) if each], f"{sentence}.")


def format_way(result: Result) -> str:
    """Format the speed and the name of a way."""
    return f"{result['requests_per_second']:,.0f} requests per second ({result['way']})"


def compare_clients(last: Sequence[Result]) -> Iterator[Finding]:
    """What the library for requests to the upstream costs."""
    named = {each["way"]: each for each in last}
    one, other = named.get("FastAPI, async def, aiohttp"), named.get("FastAPI, async def, httpx")
    if one and other and one["low"] > other["high"] > 0:
        yield finding(
            "the client matters",
            [one["way"], other["way"]],
            f"The same FastAPI app answers {one['requests_per_second'] / other['requests_per_second']:.1f} times as "
            f"many requests at {one['connections']:,} connections with aiohttp as with httpx.",
        )


def find_errors(last: Sequence[Result]) -> Iterator[Finding]:
    """Which ways leave requests without an answer."""
    failing = [each for each in last if each["errors"]]
    if failing:
        parts = [f"{each['way']} ({each['errors']:,})" for each in failing]
        yield finding(
            "too late",
            [each["way"] for each in failing],
            f"At {last[0]['connections']:,} connections, requests failed or took longer than {TIMEOUT} s with: "
            f"{'; '.join(parts)}.",
        )

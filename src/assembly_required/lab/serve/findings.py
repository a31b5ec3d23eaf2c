"""Sentences that follow from the numbers of ``--serve``, each with the rule that made it.

Two results differ if the slowest round of one is faster than the fastest round of the other.
"""

from collections.abc import Iterator, Sequence
from typing import Any

Result = dict[str, Any]
Finding = dict[str, Any]


def find_serve(results: Sequence[Result]) -> list[Finding]:
    """Apply all rules to lists of articles."""
    lists = [each for each in results if each["endpoint"] == "list"]
    findings: list[Finding] = []
    for database in dict.fromkeys(each["database"] for each in lists):
        here = [each for each in lists if each["database"] == database]
        alone = [each for each in here if each["workers"] == 1]
        findings += [*compare_servers(alone, database), *compare_candidates(alone, database), *compare_workers(here)]
    return findings


def compare_servers(alone: Sequence[Result], database: str) -> Iterator[Finding]:
    """Which server is the fastest for an application, with one worker."""
    for name in dict.fromkeys(each["candidate"] for each in alone):
        fastest, *others = rank([each for each in alone if each["candidate"] == name])
        if others:
            slowest = others[-1]
            yield finding(
                "the fastest server",
                [name],
                f"{name} with one worker on {database}: {fastest['server']} answers "
                f"{fastest['requests_per_second']:,.0f} lists per second, "
                f"{compare(fastest, slowest, slowest['server'])}.",
            )


def compare_candidates(alone: Sequence[Result], database: str) -> Iterator[Finding]:
    """How the applications compare, each on its fastest server with one worker."""
    names = dict.fromkeys(each["candidate"] for each in alone)
    fastest, *others = rank([rank([each for each in alone if each["candidate"] == name])[0] for name in names])
    for other in others:
        yield finding(
            "the fastest application",
            [fastest["candidate"], other["candidate"]],
            f"Each on its fastest server with one worker on {database}: {fastest['candidate']} answers "
            f"{compare(fastest, other, other['candidate'])}.",
        )


def compare_workers(here: Sequence[Result]) -> Iterator[Finding]:
    """What more workers gain."""
    for more in here:
        for one in here:
            same = all(one[key] == more[key] for key in ("candidate", "server"))
            if same and one["workers"] == 1 and more["workers"] > 1:
                yield finding(
                    "more workers",
                    [more["candidate"]],
                    f"{more['workers']} workers of {more['server']} with {more['candidate']} on {more['database']}: "
                    f"{compare(more, one, 'one worker')}, with {more['memory_mib'] / one['memory_mib']:.1f} times "
                    "the memory.",
                )


def rank(results: Sequence[Result]) -> list[Result]:
    """Sort results, the fastest first."""
    return sorted(results, key=lambda each: -each["requests_per_second"])


def compare(one: Result, other: Result, name: str) -> str:
    """Say how much faster one result is than another, which has this name.

    >>> compare({"requests_per_second": 90, "low": 80}, {"requests_per_second": 60, "high": 70}, "sync")
    '1.5 times as many as sync'
    >>> compare({"requests_per_second": 90, "low": 80}, {"requests_per_second": 85, "high": 95}, "sync")
    'as many as sync, as far as this can be measured'
    >>> compare({"requests_per_second": 90, "low": 80}, {"requests_per_second": 0, "high": 0}, "sync")
    'while sync answers none in time'
    """
    if other["requests_per_second"] == 0:
        return f"while {name} answers none in time"
    if one["low"] > other["high"]:
        return f"{one['requests_per_second'] / other['requests_per_second']:.1f} times as many as {name}"
    return f"as many as {name}, as far as this can be measured"


def finding(rule: str, candidates: list[str], sentence: str) -> Finding:
    """Return a sentence with its rule."""
    return {"rule": rule, "sentence": sentence, "candidates": candidates}

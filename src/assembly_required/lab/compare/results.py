"""The results of a run as JSON values, from which tables, findings and reports are made."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from ..machine import describe_machine
from .findings import find
from .measure import Ratio
from .run import Report, Row
from .sampling import GROUPS
from .weights import Weight, find_versions, weigh

PARTS = sorted({group for group in GROUPS.values() if group})
"""What the CPU time of a request is divided into."""


def as_json(report: Report, command: str) -> dict[str, Any]:
    """Convert a report to JSON values. What was not measured is ``None``.

    :param command: the command line that repeats it.
    """
    extras = ["postgresql"] if report.server else []
    weights = {row.candidate.name: weigh(row.candidate, *extras) for row in report.rows}
    results = {
        "measured": datetime.now(UTC).isoformat(timespec="seconds"),
        "command": command,
        "machine": {**describe_machine(), "postgresql": report.server},
        "versions": find_versions(filter(None, weights.values())),
        "data": {
            "users": report.size.users,
            "articles": report.size.articles,
            "database": "postgresql" if report.server else "sqlite",
        },
        "effort": {
            "rounds": report.effort.rounds,
            "requests_per_block": report.effort.block,
            "starts": report.effort.starts,
            "requests_before_memory": report.effort.requests,
            "seconds_of_samples": report.effort.seconds,
        },
        "reference": report.rows[0].candidate.name,
        "endpoints": {each.name: {"method": each.method, "url": each.url} for each in report.endpoints},
        "candidates": [describe_row(report, row, weights[row.candidate.name]) for row in report.rows],
        "not_measured": dict(report.not_measured),
    }
    return {**results, "findings": find(results)}


def describe_row(report: Report, row: Row, weight: Weight | None) -> dict[str, Any]:
    """Convert the measurements of one candidate to JSON values."""
    control = row.candidate.kind == "control"
    return {
        "name": row.candidate.name,
        "kind": row.candidate.kind,
        "tuned": row.candidate.tuned,
        "choice": row.candidate.choice and dict(row.candidate.choice),
        "requests": describe_ratio(report.compare_all(row, report.rows[0])) if row.times else None,
        "endpoints": describe_endpoints(report, row),
        "compared_with": {other.candidate.name: compare(report, row, other) for other in find_others(report, row)},
        "cold_start_ms": None if control else round(min(row.starts), 1),
        "memory_mib": row.memory and round(row.memory, 1),
        "packages": weight and len(weight.packages),
        "megabytes": weight and round(weight.megabytes, 1),
        "lines": weight and weight.lines,
        "shares": compute_shares(row.samples),
    }


def describe_endpoints(report: Report, row: Row) -> dict[str, Any]:
    """Return the CPU time, the ratio and the number of statements of each endpoint."""
    found = {}
    for name in row.times:
        timing = report.time(row, name)
        found[name] = {
            "microseconds": round(timing.microseconds, 1),
            **describe_ratio(timing),
            "statements": row.statements[name],
        }
    return found


def find_others(report: Report, row: Row) -> list[Row]:
    """Find what a stack is compared with besides the reference: the peers, and the same requests by hand."""
    if not row.times or row.candidate.kind not in ("stack", "choice"):
        return []
    by_hand = f"{row.candidate.name} by hand"
    return [each for each in report.rows if each.candidate.kind == "peer" or each.candidate.name == by_hand]


def compare(report: Report, row: Row, other: Row) -> dict[str, Any]:
    """Compare two candidates on all requests together, and on each endpoint."""
    endpoints = {name: describe_ratio(report.compare(row, other, name)) for name in row.times}
    return {"requests": describe_ratio(report.compare_all(row, other)), "endpoints": endpoints}


def describe_ratio(ratio: Ratio) -> dict[str, float]:
    """Return a ratio and the middle half of its rounds."""
    low, high = ratio.quartiles
    return {"ratio": round(ratio.ratio, 4), "low": round(low, 4), "high": round(high, 4)}


def compute_shares(samples: Mapping[str, int]) -> dict[str, float] | None:
    """Return the part of the samples in each group.

    >>> compute_shares({"sql": 1, "orm": 3})["orm"]
    0.75
    """
    total = sum(samples.values())
    return {part: round(samples.get(part, 0) / total, 3) for part in PARTS} if total else None

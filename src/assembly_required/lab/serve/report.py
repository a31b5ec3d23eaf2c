"""The results of :mod:`.run`: as JSON, and as rows of a table."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import Any

from .rows import CONNECTIONS, Effort, Row
from .wrk import TIMEOUT, Load

FIGURES = ("requests/s", "p50 ms", "p99 ms", "CPU ms", "memory MiB", "errors")
HEAD = ("", "server", "workers", "database", "endpoint", *FIGURES)


def serve_as_json(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """Return an object for each row and endpoint. The numbers are medians of the rounds."""
    return [
        {
            "candidate": row.place.application.name,
            "server": row.server.name,
            "workers": row.workers,
            "threads": row.server.threads,
            "database": row.place.database,
            "endpoint": endpoint,
            **summarize(loads),
            "memory_mib": round(median(row.memory), 1),
        }
        for row in rows
        for endpoint, loads in row.loads.items()
    ]


def summarize(loads: Sequence[Load]) -> dict[str, Any]:
    """Return the medians of some runs of wrk, the slowest and the fastest run, and the sum of errors."""
    speeds = [load.per_second for load in loads]
    return {
        "requests_per_second": round(median(speeds), 1),
        "low": round(min(speeds), 1),
        "high": round(max(speeds), 1),
        "p50_ms": find_median(load.p50 for load in loads),
        "p99_ms": find_median(load.p99 for load in loads),
        "cpu_ms": find_median(load.cpu_ms for load in loads),
        "errors": sum(load.failed + load.late for load in loads),
        "late": sum(load.late for load in loads),
    }


def find_median(values: Iterable[float | None]) -> float | None:
    """Return the upper median of milliseconds, rounded, where ``None`` is more than all.

    >>> find_median([3.0, None, 1.0]), find_median([None, 1.0])
    (3.0, None)
    """
    ordered = sorted(values, key=lambda value: float("inf") if value is None else value)
    middle = ordered[len(ordered) // 2]
    return None if middle is None else round(middle, 3)


def serve_as_rows(results: Iterable[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return the rows of the table for people."""
    return [
        HEAD,
        *(
            (
                each["candidate"],
                each["server"],
                str(each["workers"]),
                each["database"],
                each["endpoint"],
                *format_figures(each),
            )
            for each in results
        ),
    ]


def format_figures(result: dict[str, Any]) -> tuple[str, ...]:
    """Return the cells for the columns :data:`FIGURES`."""
    return (
        format_speed(result),
        format_latency(result["p50_ms"]),
        format_latency(result["p99_ms"]),
        format_cpu(result["cpu_ms"]),
        f"{result['memory_mib']:,.0f}",
        f"{result['errors']:,}",
    )


def format_speed(result: dict[str, Any]) -> str:
    """Return the speed, with that of the slowest and of the fastest round if there were several.

    >>> format_speed({"requests_per_second": 1234.5, "low": 1200.0, "high": 1300.0})
    '1,234 (1,200 to 1,300)'
    """
    speed = f"{result['requests_per_second']:,.0f}"
    return speed if result["low"] == result["high"] else f"{speed} ({result['low']:,.0f} to {result['high']:,.0f})"


def format_latency(milliseconds: float | None) -> str:
    """Return a latency in milliseconds.

    >>> format_latency(3.14159), format_latency(None)
    ('3.1', 'over 2,000')
    """
    return f"over {TIMEOUT * 1_000:,}" if milliseconds is None else f"{milliseconds:,.1f}"


def format_cpu(milliseconds: float | None) -> str:
    """Return the CPU time for a request in milliseconds.

    >>> format_cpu(0.4567), format_cpu(None)
    ('0.46', '')
    """
    return "" if milliseconds is None else f"{milliseconds:.2f}"


def describe_serve(effort: Effort) -> str:
    """Describe how the numbers were measured."""
    rounds = "" if effort.rounds == 1 else f", {effort.rounds} times; the numbers are medians"
    return (
        f"{CONNECTIONS} connections, each with one request at a time, for {effort.seconds} s{rounds}. "
        "The tool that sends them, wrk, needs a part of the same processor. "
        "CPU ms is the CPU time of the server for each request; other work on the machine changes it the least."
    )

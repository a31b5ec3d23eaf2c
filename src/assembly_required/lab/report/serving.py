"""The charts of what was measured over HTTP: real servers, and an endpoint that waits."""

from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from .bars import Bar, Chart, Table
from .numbers import format_count, format_name, format_number, format_unit

HEADS = ("Under test", "Requests per second", "p50, ms", "p99, ms", "Memory, MiB", "Errors")
LEAD = "Longer is better. Beside it is the latency that half of the requests had at most, then 99 of 100."

Row = Mapping[str, Any]
Name = Callable[[Row], str]


def build_serving(result: Mapping[str, Any]) -> list[Chart]:
    """Build the charts of real servers: one for each request, database and number of workers."""

    def get_group(row: Row) -> tuple[bool, str, bool, str, int]:
        request, database = row["endpoint"], row["database"]
        return request != "list", request, database != "sqlite", database, row["workers"]

    charts = []
    for (_, request, _, database, workers), group in groupby(
        sorted(result.get("serve") or (), key=get_group), get_group
    ):
        count = "1 worker" if workers == 1 else f"{workers} workers"
        title = f"Requests per second: {request}, {format_name(database)}, {count}"
        key = f"serve-{request}-{database}-{workers}"
        charts.append(build_chart(key, title, list(group), lambda row: f"{row['candidate']} · {row['server']}", result))
    return charts


def build_waiting(result: Mapping[str, Any]) -> list[Chart]:
    """Build the charts of an endpoint that waits for another server: one for each number of connections."""

    def get_connections(row: Row) -> int:
        connections: int = row["connections"]
        return connections

    charts = []
    for connections, group in groupby(sorted(result.get("waiting") or (), key=get_connections), get_connections):
        title = f"Requests per second with {connections:,} connections"
        charts.append(build_chart(f"waiting-{connections}", title, list(group), lambda row: row["way"], result))
    return charts


def build_chart(key: str, title: str, rows: Sequence[Row], name: Name, result: Mapping[str, Any]) -> Chart:
    """Build a chart of requests per second, with the latency beside it."""
    kinds = {each["name"]: each["kind"] for each in result["candidates"]}
    bars = [
        Bar(
            name(row),
            row["requests_per_second"],
            format_unit(row["requests_per_second"], "/s"),
            kinds.get(row.get("candidate", ""), "stack"),
            row.get("low"),
            row.get("high"),
            f"{format_latency(row['p50_ms'])}, {format_latency(row['p99_ms'])} ms",
            (f"{row['errors']:,} errors",) if row["errors"] else (),
        )
        for row in rows
    ]
    return Chart(key, title, LEAD, bars, Table(HEADS, [list_cells(row, name) for row in rows]))


def list_cells(row: Row, name: Name) -> tuple[str, ...]:
    """List the cells of one row."""
    return (
        name(row),
        format_number(row["requests_per_second"]),
        format_latency(row["p50_ms"]),
        format_latency(row["p99_ms"]),
        format_number(row["memory_mib"]),
        format_count(row["errors"]),
    )


def format_latency(milliseconds: float | None) -> str:
    """Format a latency. There is none if the requests took longer than the measurement waits for them.

    >>> format_latency(12.3), format_latency(None)
    ('12', 'too long')
    """
    return "too long" if milliseconds is None else format_number(milliseconds)

"""The results of ``--waiting`` for people."""

from collections.abc import Iterable
from typing import Any

from ..report import format_cpu, format_latency, format_speed
from .run import Effort
from .upstream import SECONDS

HEAD = ("", "connections", "requests/s", "p50 ms", "p99 ms", "CPU ms", "memory MiB", "errors")


def waiting_as_rows(results: Iterable[dict[str, Any]]) -> list[tuple[str, ...]]:
    """Return the rows of the table."""
    return [
        HEAD,
        *(
            (
                each["way"],
                f"{each['connections']:,}",
                format_speed(each),
                format_latency(each["p50_ms"]),
                format_latency(each["p99_ms"]),
                format_cpu(each["cpu_ms"]),
                f"{each['memory_mib']:,.0f}",
                f"{each['errors']:,}",
            )
            for each in results
        ),
    ]


def describe_waiting(effort: Effort) -> str:
    """Describe how the numbers were measured."""
    rounds = "" if effort.rounds == 1 else f", {effort.rounds} times; the numbers are medians"
    return (
        f"Each request waits {SECONDS * 1_000:.0f} ms for another service. One worker process, {effort.seconds} s of "
        f"requests{rounds}. The upstream and wrk, which sends the requests, run on the same machine. "
        "CPU ms is the CPU time of the server for each request."
    )

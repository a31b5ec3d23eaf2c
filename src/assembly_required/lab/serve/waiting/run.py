"""Measure the ways at 16, 256 and 1,000 connections, and an upstream alone."""

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

from ...compare.data import Bars
from ...peers import find_free_port
from ..files import allow_connections
from ..findings import Result
from ..report import summarize
from ..running import Running, run_server
from ..servers import ServeError
from ..wrk import Load, drive, find_wrk
from . import upstream
from .ways import Way

FOLDER = Path(__file__).parent
CONNECTIONS = (16, 256, 1_000)


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    :param seconds: how long requests are sent, in each round.
    :param rounds: how often each way is measured at each number of connections.
    :param warm_up: seconds of requests on 16 connections before those that count.
    """

    seconds: int = 5
    rounds: int = 2
    warm_up: int = 1


QUICK = Effort(seconds=3, rounds=1)


@dataclass
class Row:
    """A way at a number of connections. ``None`` is the upstream alone."""

    way: Way | None
    connections: int
    loads: list[Load] = field(default_factory=list)
    memory: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What is measured, for error texts."""
        return f"{self.label} at {self.connections:,} connections"

    @property
    def label(self) -> str:
        """The name of the way."""
        return self.way.name if self.way else "the upstream alone"


def run(
    ways: Sequence[Way], effort: Effort, bars: Bars, connections: Sequence[int] = CONNECTIONS
) -> tuple[list[Result], dict[str, str]]:
    """Measure each way at each number of connections, in a random order.

    Return a result for each, and why others have none.

    A server is started for each measurement, because requests of the last one may still wait in it.

    :raises ServeError: wrk is not installed, or there may not be so many open files.
    """
    find_wrk()
    allow_connections(max(connections))
    died: dict[str, str] = {}
    rows = [Row(way, number) for way in (None, *ways) for number in connections]
    with bars("servers", len(rows) * effort.rounds) as bar:
        for _ in range(effort.rounds):
            for row in random.sample(rows, len(rows)):
                if row.name not in died:
                    try:
                        measure_once(row, effort)
                    except ServeError as error:
                        died[row.name] = str(error)
                bar.update(1)
    return [as_json(row) for row in rows if row.name not in died], died


def measure_once(row: Row, effort: Effort) -> None:
    """Start an upstream and an app, measure the app, and stop both."""
    port = find_free_port()
    with run_server("the upstream", [upstream.__file__, str(port)], FOLDER, {}, port) as below:
        if row.way is None:
            load(row, below, effort)
            return
        port = find_free_port()
        with run_server(row.name, row.way.arguments(port), FOLDER, {"UPSTREAM": below.url}, port) as server:
            load(row, server, effort)


def load(row: Row, server: Running, effort: Effort) -> None:
    """Send the requests."""
    drive(server, "/", CONNECTIONS[0], effort.warm_up)
    row.loads.append(drive(server, "/", row.connections, effort.seconds))
    row.memory.append(server.measure_memory())


def as_json(row: Row) -> Result:
    """Return the medians of the rounds."""
    return {
        "way": row.label,
        "connections": row.connections,
        "at_once": row.way.at_once if row.way else None,
        **summarize(row.loads),
        "memory_mib": round(median(row.memory), 1),
    }

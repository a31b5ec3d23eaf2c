"""What is measured with ``--serve``, and how much."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field

from .applications import Application
from .servers import Server
from .wrk import Load

CONNECTIONS = 16
CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
ENDPOINTS = ("list", "article")


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    :param seconds: how long requests are sent to each endpoint, in each round.
    :param rounds: how often each server is started and measured.
    :param workers: the numbers of worker processes.
    """

    seconds: int = 4
    rounds: int = 3
    workers: tuple[int, ...] = (1, CORES)


QUICK = Effort(seconds=2, rounds=1, workers=(1,))


@dataclass(frozen=True)
class Place:
    """An application with its data.

    :param database: ``sqlite`` or ``postgresql``.
    :param environment: the environment variables for its servers.
    """

    application: Application
    database: str
    environment: Mapping[str, str]


@dataclass
class Row:
    """An application on a server, with what was measured.

    :param loads: for each endpoint one for each round.
    :param memory: in MiB, one for each round.
    """

    place: Place
    server: Server
    workers: int
    loads: dict[str, list[Load]] = field(default_factory=lambda: {name: [] for name in ENDPOINTS})
    memory: list[float] = field(default_factory=list)

    @property
    def name(self) -> str:
        """What is served and how."""
        workers = "1 worker" if self.workers == 1 else f"{self.workers} workers"
        return f"{self.place.application.name} on {self.server.name} with {workers}, {self.place.database}"

"""``flask compare --serve``: measure applications on the servers that people use in production."""

import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from ..compare.data import Bars
from ..peers import find_free_port
from ..postgresql import create_database
from .answers import Answers
from .applications import Application
from .findings import Result
from .report import serve_as_json
from .rows import CONNECTIONS, Effort, Place, Row
from .running import run_server
from .servers import SERVERS, ServeError
from .wrk import drive, find_wrk

WARM_UP = 1
"""Seconds of requests before those that count."""


def run(
    applications: Sequence[Application], servers: Sequence[str], effort: Effort, postgresql: str | None, bars: Bars
) -> tuple[list[Result], dict[str, str]]:
    """Measure applications on servers. Return a result for each, and for each endpoint; and why others have none.

    :param servers: the names of the servers; each application is measured on those that can serve it.
    :param postgresql: the URL of a PostgreSQL server, to measure with it too.

    :raises Different: two servers give different answers.
    :raises ServeError: wrk is not installed.
    :raises NoServer: a database cannot be created.
    :raises PeerError: a peer cannot be set up.
    """
    find_wrk()
    kinds = [None, *([postgresql] if postgresql else [])]
    with ExitStack() as stack:
        places = []
        with bars("data", len(applications) * len(kinds)) as bar:
            for application in applications:
                for kind in kinds:
                    places.append(stack.enter_context(prepare(application, kind)))
                    bar.update(1)
        rows = find_rows(places, servers, effort.workers)
        with bars("servers", len(rows) * effort.rounds) as bar:
            died = measure(rows, effort, lambda: bar.update(1))
    return serve_as_json([row for row in rows if row.name not in died]), died


@contextmanager
def prepare(application: Application, postgresql: str | None) -> Iterator[Place]:
    """Give an application its data, in SQLite or on a PostgreSQL server, and take it away at the end."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(ignore_cleanup_errors=True)))
        url = stack.enter_context(create_database(postgresql)) if postgresql else None
        yield Place(application, "postgresql" if url else "sqlite", application.prepare(folder, url))


def find_rows(places: Sequence[Place], servers: Sequence[str], workers: Sequence[int]) -> list[Row]:
    """List what to measure: each application on each server that can serve it."""
    return [
        Row(place, SERVERS[name], number)
        for place in places
        for name in place.application.servers
        if name in servers
        for number in dict.fromkeys(workers)
        if number == 1 or SERVERS[name].processes
    ]


def measure(rows: Sequence[Row], effort: Effort, advance: Callable[[], object]) -> dict[str, str]:
    """Measure all rows, in a random order in each round, so that other work on the machine hits all alike.

    A server that does not start, or that ends, is left out of the next rounds. Return why, by the name of its row.

    :raises Different: two servers give different answers.
    """
    answers = Answers()
    died: dict[str, str] = {}
    for _ in range(effort.rounds):
        for row in random.sample(rows, len(rows)):
            if row.name not in died:
                try:
                    measure_once(row, effort, answers)
                except ServeError as error:
                    died[row.name] = str(error)
            advance()
    return died


def measure_once(row: Row, effort: Effort, answers: Answers) -> None:
    """Start a server, measure it, and stop it."""
    application, port = row.place.application, find_free_port()
    arguments = row.server.arguments(application.target, port, row.workers)
    with run_server(row.name, arguments, application.folder, row.place.environment, port) as server:
        answers.check(server)
        for name, path in answers.paths.items():
            drive(server, path, CONNECTIONS, WARM_UP)
            row.loads[name].append(drive(server, path, CONNECTIONS, effort.seconds))
        row.memory.append(server.measure_memory())

"""Run all steps of a comparison: data, responses, starts, memory, statements, samples, times."""

import os
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, field

from ...stack.settings import Settings
from ..postgresql import read_version
from .candidates import Candidate, control
from .data import Bars, Data, Size, provide
from .endpoints import Endpoint, endpoints
from .measure import Ratio, Tick, Timing, compare_answers, compare_times, compare_together, summarize, time_endpoint
from .process import Process


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    :param rounds: the rounds for each endpoint.
    :param block: the requests of one candidate in each round.
    :param starts: the least number of cold starts.
    :param requests: the number of requests before memory is read.
    :param seconds: the CPU time in which samples are taken.
    """

    rounds: int = 60
    block: int = 10
    starts: int = 4
    requests: int = 2_000
    seconds: float = 3.0


QUICK = Effort(rounds=12, block=4, starts=2, requests=200, seconds=0.8)


WORKERS = min(2, os.cpu_count() or 1)
"""The candidates that are started, or looked at alone, at the same time. Requests are timed one after the other."""


@dataclass
class Row:
    """The measurements of one candidate.

    :param times: for each endpoint, the nanoseconds of each round.
    :param statements: the number of SQL statements by the name of the endpoint.
    :param starts: the milliseconds of each cold start.
    :param memory: the memory in MiB.
    :param samples: the number of samples of a list request in each group.
    """

    candidate: Candidate
    times: dict[str, list[int]] = field(default_factory=dict)
    statements: dict[str, int] = field(default_factory=dict)
    starts: list[float] = field(default_factory=list)
    memory: float | None = None
    samples: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Report:
    """The result of a run. The first row is the reference, the second the control.

    :param server: the version of PostgreSQL, or ``None`` if the data was in SQLite.
    :param not_measured: why others are left out, by name.
    """

    size: Size
    effort: Effort
    endpoints: Sequence[Endpoint]
    rows: Sequence[Row]
    server: str | None
    not_measured: Mapping[str, str]

    def time(self, row: Row, endpoint: str) -> Timing:
        """Return the time of a candidate for one endpoint."""
        return summarize(row.times[endpoint], self.rows[0].times[endpoint], self.effort.block)

    def compare(self, row: Row, other: Row, endpoint: str) -> Ratio:
        """Compare two candidates on one endpoint."""
        return compare_times(row.times[endpoint], other.times[endpoint])

    def compare_all(self, row: Row, other: Row) -> Ratio:
        """Compare two candidates on all endpoints together."""
        return compare_together([*row.times.values()], [*other.times.values()])


def run(
    candidates: Sequence[Candidate],
    settings: Settings,
    size: Size,
    effort: Effort,
    page: int | None,
    bars: Bars,
    server: str | None = None,
    not_measured: Mapping[str, str] | None = None,
) -> Report:
    """Measure all candidates. The first is the reference.

    :param page: a page of the article list to time as well.
    :param server: the URL of a PostgreSQL server, instead of SQLite.
    :param not_measured: why others are left out, by name.
    :raises Different: the candidates give different responses.
    :raises Died: the process of a candidate ended.
    :raises PeerError: the data of a peer cannot be made.
    :raises NoServer: databases cannot be created on the server.
    """
    rows = [Row(each) for each in (candidates[0], control(candidates[0]), *candidates[1:])]
    timed = [row for row in rows if row.candidate.timed]
    with provide(candidates, settings, size, bars, server) as data, ExitStack() as stack:
        asked = endpoints(data.file, page)
        running = start(timed, data, stack, bars)
        compare_answers(running, asked)
        tokens = {each.candidate.name: each.token for each in running}
        with bars("processes", len(rows)) as bar:
            do_for_each(
                rows,
                lambda row: look_alone(row, data, asked, effort, tokens.get(row.candidate.name, running[0].token)),
                lambda: bar.update(1),
            )
        time_requests(timed, running, asked, effort, bars)
    return Report(size, effort, asked, rows, read_version(server) if server else None, not_measured or {})


def start(rows: Sequence[Row], data: Data, stack: ExitStack, bars: Bars) -> list[Process]:
    """Start a process for each candidate, and sign in. They end with the stack."""
    running: dict[str, Process] = {}

    def start_one(row: Row) -> None:
        process = stack.enter_context(open_process(row, data, None))
        process.sign_in()
        running[row.candidate.name] = process

    with bars("start", len(rows)) as bar:
        do_for_each(rows, start_one, lambda: bar.update(1))
    return [running[row.candidate.name] for row in rows]


def do_for_each(rows: Sequence[Row], work: Callable[[Row], None], tick: Tick) -> None:
    """Do something for each candidate, for some at the same time. After an error, no more are begun."""
    pool = ThreadPoolExecutor(WORKERS)
    try:
        for _ in pool.map(work, rows):
            tick()
    finally:
        pool.shutdown(cancel_futures=True)


def look_alone(row: Row, data: Data, asked: Sequence[Endpoint], effort: Effort, token: str | None) -> None:
    """Measure one candidate in processes of its own: memory, cold start, statements, samples."""
    if row.candidate.kind != "control":
        with open_process(row, data, token) as process:
            reading = [process.prepare(each) for each in asked if each.method == "GET"]
            process.ask("repeat", requests=reading, times=effort.requests)
            row.memory = process.ask("read_memory")
        for _ in range(effort.starts - len(row.starts)):
            open_process(row, data, token).close()
    if row.candidate.timed:
        with Process(row.candidate, data, token, watched=True) as process:
            for each in asked:
                row.statements[each.name] = process.ask("count_statements", request=process.prepare(each))
            row.samples = process.ask("sample", request=process.prepare(asked[0]), seconds=effort.seconds)


def open_process(row: Row, data: Data, token: str | None) -> Process:
    """Start a process for a candidate, and note how long that took."""
    process = Process(row.candidate, data, token)
    row.starts.append(process.started)
    return process


def time_requests(
    rows: Sequence[Row], running: Sequence[Process], asked: Sequence[Endpoint], effort: Effort, bars: Bars
) -> None:
    """Time each endpoint of all candidates, which run at the same time and are asked in turn."""
    for process in running:
        process.ask("freeze")
    with bars("requests", len(asked) * effort.rounds) as bar:
        for endpoint in asked:
            times = time_endpoint(running, endpoint, effort.rounds, effort.block, lambda: bar.update(1))
            for row, each in zip(rows, times, strict=True):
                row.times[endpoint.name] = each

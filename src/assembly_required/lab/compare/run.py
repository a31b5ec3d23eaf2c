"""Run all steps of a comparison: data, responses, statements, processes, times."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ...stack.settings import Settings
from . import process, statements
from .candidates import Candidate, control
from .data import SECRET_KEY, Bars, Size, copy, ensure_database
from .endpoints import caller, endpoints
from .measure import compare_answers, measure
from .report import Report, Row


@dataclass(frozen=True)
class Effort:
    """How much to measure.

    :param rounds: the rounds for each endpoint.
    :param starts: the number of cold starts.
    :param requests: the number of requests before memory is read.
    """

    rounds: int = 100
    starts: int = 5
    requests: int = 2_000


QUICK = Effort(rounds=20, starts=2, requests=200)


def run(
    candidates: Sequence[Candidate], settings: Settings, size: Size, effort: Effort, page: int | None, bars: Bars
) -> Report:
    """Measure all candidates. The first is the reference.

    :raises Different: the candidates give different responses.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = copy(ensure_database(settings, size, bars), Path(folder) / "compared.sqlite3")
        return _measure(candidates, database, size, effort, page, bars)


def _measure(
    candidates: Sequence[Candidate], database: Path, size: Size, effort: Effort, page: int | None, bars: Bars
) -> Report:
    asked, who = endpoints(database, page), caller(database)
    everyone = [candidates[0], control(candidates[0]), *candidates[1:]]
    running = [each.start(database, SECRET_KEY, who) for each in everyone]
    compare_answers(running, asked)
    rows = [Row(each) for each in everyone]
    counts = statements.count(everyone, asked, database, SECRET_KEY, who)
    for row, numbers in zip(rows, counts, strict=True):
        row.statements = {endpoint.name: number for endpoint, number in zip(asked, numbers, strict=True)}
    with bars("processes", len(candidates)) as bar:
        for row, each in zip(rows, running, strict=True):
            if each.candidate.kind != "control":
                row.cold_start, row.memory = process.alone(
                    each, asked, database, SECRET_KEY, effort.starts, effort.requests
                )
                bar.update(1)
    with bars("requests", len(asked) * effort.rounds) as bar:
        for endpoint in asked:
            timings = measure(running, endpoint, effort.rounds, lambda: bar.update(1))
            for row, timing in zip(rows, timings, strict=True):
                row.timings[endpoint.name] = timing
    return Report(size.users, size.articles, effort.rounds, effort.requests, asked, rows)

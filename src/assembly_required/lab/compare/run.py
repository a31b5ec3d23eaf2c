"""A whole run, step by step: data, answers, statements, times, processes.

*In Django* this would be a management command of 200 lines.

*Here* each step is a module, and this is their order. Nothing is timed before all answers are alike.

*What it costs*: a minute or two, most of which is the slowest candidate's.

*Next*: :mod:`assembly_required.lab.compare.stacked`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from ...stack.settings import Settings
from . import process, statements
from .candidates import Candidate, control
from .data import SECRET_KEY, Bars, Size, copy, seeded
from .endpoints import caller, endpoints
from .measure import compare_answers, measure
from .report import Report, Row


@dataclass(frozen=True)
class Effort:
    """How much is measured.

    :param rounds: for each endpoint.
    :param starts: attempts at a cold start.
    :param requests: answered before memory is read.
    """

    rounds: int = 100
    starts: int = 5
    requests: int = 2_000


QUICK = Effort(rounds=20, starts=2, requests=200)


def run(
    candidates: Sequence[Candidate], settings: Settings, size: Size, effort: Effort, page: int | None, bars: Bars
) -> Report:
    """Measure; the first candidate is the reference.

    :raises Different: answers are not alike.
    """
    with TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        database = copy(seeded(settings, size, bars), Path(folder) / "compared.sqlite3")
        return _measured(candidates, database, size, effort, page, bars)


def _measured(
    candidates: Sequence[Candidate], database: Path, size: Size, effort: Effort, page: int | None, bars: Bars
) -> Report:
    asked, who = endpoints(database, page), caller(database)
    everybody = [candidates[0], control(candidates[0]), *candidates[1:]]
    running = [each.start(database, SECRET_KEY, who) for each in everybody]
    compare_answers(running, asked)
    rows = [Row(each) for each in everybody]
    counts = statements.count(everybody, asked, database, SECRET_KEY, who)
    for row, found in zip(rows, counts, strict=True):
        row.statements = {endpoint.name: number for endpoint, number in zip(asked, found, strict=True)}
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

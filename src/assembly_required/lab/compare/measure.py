"""Timing several apps so that the difference is theirs: interleaved, in random order, as ratios of neighbours.

*In Django* (and everywhere) one runs A a thousand times, then B, and divides: what the machine did meanwhile, a
frequency that changed or a neighbour that woke up, goes into the quotient.

*Here* a round times every candidate once, in an order that is drawn anew, and each is compared with the reference *of
the same round*; what is told is the median of those ratios and their quartiles. Time is that of this thread's work on
the processor, so that others in the queue do not count. The garbage collector runs between blocks and never in one.

*What it costs*: waiting is not seen, neither for a disk nor for a network; with SQLite on one machine there is little.
Nor is the collector's share, which is larger for whoever makes more objects.

*Next*: :mod:`assembly_required.lab.compare.validation`.
"""

import gc
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from statistics import median, quantiles
from time import thread_time_ns
from typing import Any

from .candidates import Running
from .endpoints import Different, Endpoint, answer, differences
from .wsgi import Prepared, WSGIApp, call

BLOCK = 10
"""Requests in a row: enough for the clock, few enough for the next candidate to find the same machine."""

WARM_UP = 20

Tick = Callable[[], object]

Block = Callable[[int], int]
"""Does something as often as it is told, and says how many nanoseconds of the processor that took."""


@dataclass(frozen=True)
class Timing:
    """What one candidate took for one endpoint.

    :param microseconds: for a request; the median of the rounds.
    :param ratio: to the reference of the same round; the median.
    :param quartiles: of those ratios.
    """

    microseconds: float
    ratio: float
    quartiles: tuple[float, float]


def compare_answers(running: Sequence[Running], endpoints: Sequence[Endpoint]) -> None:
    """
    :raises Different: a candidate answers otherwise than the first, or the first refuses.
    """
    first, *others = running
    for endpoint in endpoints:
        expected = answer(first.app, endpoint, first.token)
        if not expected["status"].startswith("2"):
            raise Different(_said(first, endpoint, f"with {expected['status']}: {expected['body']}"))
        for other in others:
            if other.candidate.answers:
                found = next(differences(expected, answer(other.app, endpoint, other.token)), None)
                if found:
                    raise Different(_said(other, endpoint, f"otherwise than {first.candidate.name!r}: {found}"))


def _said(running: Running, endpoint: Endpoint, how: str) -> str:
    return f"{running.candidate.name!r} answers {endpoint.method} {endpoint.url} {how}"


def measure(running: Sequence[Running], endpoint: Endpoint, rounds: int, tick: Tick = lambda: None) -> list[Timing]:
    """Time one endpoint of all candidates; the first is the reference."""
    return interleaved([partial(_requests, each.app, endpoint.prepared(each.token)) for each in running], rounds, tick)


def interleaved(blocks: Sequence[Block], rounds: int, tick: Tick = lambda: None) -> list[Timing]:
    """Time several things; the first is the reference."""
    times: list[list[int]] = [[] for _ in blocks]
    with _collector_held():
        for block in blocks:
            block(WARM_UP)
        for _ in range(rounds):
            for index in random.sample(range(len(blocks)), len(blocks)):
                times[index].append(blocks[index](BLOCK))
            tick()
    return [_timing(each, times[0]) for each in times]


def _requests(app: WSGIApp, request: Prepared, length: int) -> int:
    environs = [request.environ() for _ in range(length)]
    gc.collect()
    before = thread_time_ns()
    for environ in environs:
        call(app, environ)
    return thread_time_ns() - before


def calls(function: Callable[[Any], object], argument: Any, length: int) -> int:
    """A block of calls with always the same argument."""
    gc.collect()
    before = thread_time_ns()
    for _ in range(length):
        function(argument)
    return thread_time_ns() - before


@contextmanager
def _collector_held() -> Iterator[None]:
    """Collect only when asked; and what is there already, the apps, is not looked through each time."""
    gc.collect()
    gc.freeze()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.unfreeze()


def _timing(times: Sequence[int], reference: Sequence[int]) -> Timing:
    ratios = [mine / its for mine, its in zip(times, reference, strict=True)]
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    return Timing(median(times) / BLOCK / 1_000, median(ratios), (low, high))

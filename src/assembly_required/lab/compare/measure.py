"""Time several apps side by side, as ratios to a reference.

Each round times every candidate once, in random order, and compares it with the reference of the same round, so that
changes in the speed of the machine affect all of them. The time is CPU time of this thread; waiting and the garbage
collector are not included.
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
"""Requests per block: enough for the clock, and few enough that the machine does not change between candidates."""

WARM_UP = 20

Tick = Callable[[], object]

Block = Callable[[int], int]
"""Does something a number of times and returns the CPU time in nanoseconds."""


@dataclass(frozen=True)
class Timing:
    """The time of one candidate for one endpoint.

    :param microseconds: the CPU time of one request, the median of the rounds.
    :param ratio: the time relative to the reference of the same round, the median of the rounds.
    :param quartiles: the lower and upper quartile of those ratios.
    """

    microseconds: float
    ratio: float
    quartiles: tuple[float, float]


def compare_answers(running: Sequence[Running], endpoints: Sequence[Endpoint]) -> None:
    """Check that all candidates give the same responses.

    :raises Different: a response differs from that of the first candidate, or the first returns an error.
    """
    first, *others = running
    for endpoint in endpoints:
        expected = answer(first.app, endpoint, first.token)
        if not expected["status"].startswith("2"):
            raise Different(_describe(first, endpoint, f"with {expected['status']}: {expected['body']}"))
        for other in others:
            if other.candidate.answers:
                difference = next(differences(expected, answer(other.app, endpoint, other.token)), None)
                if difference:
                    raise Different(
                        _describe(other, endpoint, f"otherwise than {first.candidate.name!r}: {difference}")
                    )


def _describe(running: Running, endpoint: Endpoint, how: str) -> str:
    return f"{running.candidate.name!r} answers {endpoint.method} {endpoint.url} {how}"


def measure(running: Sequence[Running], endpoint: Endpoint, rounds: int, tick: Tick = lambda: None) -> list[Timing]:
    """Time one endpoint of all candidates. The first is the reference."""
    return time_blocks(
        [partial(send_requests, each.app, endpoint.prepare(each.token)) for each in running], rounds, tick
    )


def time_blocks(blocks: Sequence[Block], rounds: int, tick: Tick = lambda: None) -> list[Timing]:
    """Time several blocks in turn. The first is the reference."""
    times: list[list[int]] = [[] for _ in blocks]
    with _pause_collector():
        for block in blocks:
            block(WARM_UP)
        for _ in range(rounds):
            for index in random.sample(range(len(blocks)), len(blocks)):
                times[index].append(blocks[index](BLOCK))
            tick()
    return [_timing(each, times[0]) for each in times]


def send_requests(app: WSGIApp, request: Prepared, length: int) -> int:
    """Send a request ``length`` times and return the CPU time in nanoseconds."""
    environs = [request.environ() for _ in range(length)]
    gc.collect()
    before = thread_time_ns()
    for environ in environs:
        call(app, environ)
    return thread_time_ns() - before


def calls(function: Callable[[Any], object], argument: Any, length: int) -> int:
    """Call a function ``length`` times and return the CPU time in nanoseconds."""
    gc.collect()
    before = thread_time_ns()
    for _ in range(length):
        function(argument)
    return thread_time_ns() - before


@contextmanager
def _pause_collector() -> Iterator[None]:
    """Disable automatic garbage collection, and exclude existing objects (the apps) from explicit collections."""
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

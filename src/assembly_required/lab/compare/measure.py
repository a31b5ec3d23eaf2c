"""Time several candidates in turn, as ratios to a reference.

Each round times every candidate once, in random order, and compares it with the reference of the same round, so that
changes in the speed of the machine affect all of them. The time is CPU time; waiting and the garbage collector are not
included.
"""

import gc
import random
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from math import exp, log
from statistics import fmean, median, quantiles
from time import thread_time_ns
from typing import Any, Protocol

from .candidates import Candidate
from .endpoints import Different, Endpoint, differences, read_answer

BLOCK = 10
"""Calls per block: enough for the clock, and few enough that the machine does not change between candidates."""

WARM_UP = 20

Tick = Callable[[], object]

Block = Callable[[int], int]
"""Does something a number of times and returns the CPU time in nanoseconds."""


@dataclass(frozen=True)
class Ratio:
    """How many times the CPU time of a reference something takes.

    :param ratio: the median of the rounds.
    :param quartiles: the lower and upper quartile: half of the rounds are between them.
    """

    ratio: float
    quartiles: tuple[float, float]


@dataclass(frozen=True)
class Timing(Ratio):
    """The time of one candidate, and its ratio to the reference.

    :param microseconds: the CPU time of one call, the median of the rounds.
    """

    microseconds: float


class Answering(Protocol):
    """A candidate that runs."""

    candidate: Candidate

    def send(self, endpoint: Endpoint) -> tuple[str, str]:
        """Send a request, and return the status line and the body of the response."""


class Timed(Protocol):
    """A candidate that times itself."""

    def time(self, endpoint: Endpoint, times: int) -> int:
        """Send a request ``times`` times, and return the CPU time in nanoseconds."""


def compare_answers(running: Sequence[Answering], endpoints: Sequence[Endpoint]) -> None:
    """Check that all candidates give the same responses.

    :raises Different: a response differs from that of the first candidate, or the first returns an error.
    """
    first, *others = running
    for endpoint in endpoints:
        expected = read_answer(endpoint, *first.send(endpoint))
        if not expected["status"].startswith("2"):
            raise Different(_describe(first, endpoint, f"with {expected['status']}: {expected['body']}"))
        for other in others:
            if other.candidate.answers:
                difference = next(differences(expected, read_answer(endpoint, *other.send(endpoint))), None)
                if difference:
                    raise Different(
                        _describe(other, endpoint, f"otherwise than {first.candidate.name!r}: {difference}")
                    )


def _describe(running: Answering, endpoint: Endpoint, how: str) -> str:
    return f"{running.candidate.name!r} answers {endpoint.method} {endpoint.url} {how}"


def time_endpoint(
    running: Sequence[Timed], endpoint: Endpoint, rounds: int, length: int, tick: Tick = lambda: None
) -> list[list[int]]:
    """Time one endpoint of all candidates: for each, the nanoseconds of ``length`` requests in each round."""
    return time_rounds([partial(each.time, endpoint) for each in running], rounds, length, tick)


def time_blocks(blocks: Sequence[Block], rounds: int, tick: Tick = lambda: None) -> list[Timing]:
    """Time several blocks of calls in this process. The first is the reference."""
    with _pause_collector():
        times = time_rounds(blocks, rounds, BLOCK, tick)
    return [summarize(each, times[0], BLOCK) for each in times]


def time_rounds(blocks: Sequence[Block], rounds: int, length: int, tick: Tick = lambda: None) -> list[list[int]]:
    """Run each block once in each round, in random order, and return the times of each block."""
    times: list[list[int]] = [[] for _ in blocks]
    for block in blocks:
        block(WARM_UP)
    for _ in range(rounds):
        for index in random.sample(range(len(blocks)), len(blocks)):
            times[index].append(blocks[index](length))
        tick()
    return times


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


def summarize(times: Sequence[int], reference: Sequence[int], length: int) -> Timing:
    """Summarize the times of one candidate, with ``length`` calls in each round."""
    found = compare_times(times, reference)
    return Timing(found.ratio, found.quartiles, median(times) / length / 1_000)


def compare_times(times: Sequence[int], reference: Sequence[int]) -> Ratio:
    """Compare two candidates round by round.

    >>> compare_times([2, 4, 6], [2, 2, 2])
    Ratio(ratio=2.0, quartiles=(1.5, 2.5))
    """
    return _middle([mine / its for mine, its in zip(times, reference, strict=True)])


def compare_together(times: Sequence[Sequence[int]], reference: Sequence[Sequence[int]]) -> Ratio:
    """Compare two candidates on several endpoints, which all have the same weight: the geometric mean of each round.

    >>> compare_together([[2, 2], [8, 8]], [[1, 1], [1, 1]]).ratio
    4.0
    """
    ratios = [
        [log(mine / its) for mine, its in zip(one, other, strict=True)]
        for one, other in zip(times, reference, strict=True)
    ]
    return _middle([round(exp(fmean(each)), 9) for each in zip(*ratios, strict=True)])


def _middle(ratios: Sequence[float]) -> Ratio:
    low, _, high = quantiles(ratios, n=4, method="inclusive")
    return Ratio(median(ratios), (low, high))

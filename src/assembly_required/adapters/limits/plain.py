"""``limits = plain``: counters in a dictionary of this process.

*In Django* a throttle of REST framework keeps a list of times for each client in Django's cache. The default cache is a
dictionary of the process, as here.

*Here* each counter is a number and the time when it starts again. A lock makes "count one and look" one step, so that
requests at the same time cannot pass together.

*What it costs*: no package, and a few µs. Each process has counters of its own: with four workers, four times the
attempts are allowed, and a restart forgets them all. The memory is bounded: of each kind at most :data:`MOST` counters
are kept, and the oldest make room. An attacker who can make that many, from as many addresses, resets the counters of
others.

*Next*: :mod:`assembly_required.adapters.limits.flask_limiter`.
"""

from collections import defaultdict
from math import ceil
from threading import Lock
from time import monotonic

from flask import Flask

from ...conduit.attempts import Limit
from ...conduit.errors import TooManyAttempts
from ...stack.interfaces import Limits

MOST = 50_000
"""The number of counters of one kind. So many take about 16 MB."""


class Counter:
    """A number of attempts.

    :param ends: when it starts again, in seconds of :func:`time.monotonic`.
    """

    __slots__ = ("attempts", "ends")

    def __init__(self, ends: float) -> None:
        self.attempts, self.ends = 0, ends


class PlainLimits:
    """Counters in dictionaries, one for each kind. The windows of one kind are equally long, so the oldest is first."""

    def __init__(self) -> None:
        self._counters: dict[str, dict[tuple[str, ...], Counter]] = defaultdict(dict)
        self._lock = Lock()

    def check(self, *limits: Limit) -> None:
        now = monotonic()
        with self._lock:
            full = [each.ends for limit in limits if (each := self._find(limit, now)) and each.attempts >= limit.times]
        _refuse(full, now)

    def count(self, *limits: Limit) -> None:
        now = monotonic()
        with self._lock:
            full = [each.ends for limit in limits if (each := self._add(limit, now)).attempts > limit.times]
        _refuse(full, now)

    def _find(self, limit: Limit, now: float) -> Counter | None:
        counter = self._counters[limit.name].get(limit.key)
        return counter if counter and counter.ends > now else None

    def _add(self, limit: Limit, now: float) -> Counter:
        counter = self._find(limit, now) or self._start(limit, now)
        counter.attempts += 1
        return counter

    def _start(self, limit: Limit, now: float) -> Counter:
        counters = self._counters[limit.name]
        while counters and (len(counters) >= MOST or next(iter(counters.values())).ends <= now):
            del counters[next(iter(counters))]
        counters[limit.key] = counter = Counter(now + limit.seconds)
        return counter


def _refuse(full: list[float], now: float) -> None:
    if full:
        raise TooManyAttempts(ceil(max(full) - now))


def build(app: Flask) -> Limits:
    """Count in this process."""
    return PlainLimits()

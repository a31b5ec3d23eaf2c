"""``limits = flask_limiter``: Flask-Limiter, with counters in memory or on Redis.

*In Django* REST framework's throttles count in Django's cache, so that the setting ``CACHES`` decides whether the
processes share their counters.

*Here* ``storage_uri`` does the same: ``memory://`` or ``redis://host/0``. Flask-Limiter is known for its decorator
``@limiter.limit("5/minute")``, which counts a request before its view runs, and with ``deduct_when`` after its response
is known. A failed login is known in the middle, and guesses at the same time have to be counted one by one. So this
adapter uses what the decorator uses: ``limiter.limiter`` with ``test`` and ``hit``, which counts and looks in one step,
also on Redis.

*What it costs*: Flask-Limiter, limits and, for Redis, its client. The extension looks at every request for limits of
its view, which takes about 40 µs, almost as long as an empty response. In memory, each process counts for itself and
the memory is not bounded. While Redis is away, this adapter counts in the process and logs an error: nobody is locked
out, and an attack is still slowed down. The parameter ``in_memory_fallback_enabled`` does this for decorators only.

*Next*: :mod:`assembly_required.web.attempts`.
"""

from collections.abc import Callable, Sequence
from logging import getLogger
from math import ceil
from time import time

from flask import Flask
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from limits import RateLimitItem, RateLimitItemPerSecond
from limits.errors import ConfigurationError, StorageError
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter, RateLimiter

from ...conduit.attempts import Limit
from ...conduit.errors import TooManyAttempts
from ...stack.interfaces import Limits
from ...stack.packages import format_install
from ...stack.slots import ConfigError

log = getLogger(__name__)

TIMEOUT = 1
"""Seconds to wait for Redis."""


Ask = Callable[[RateLimiter, RateLimitItem, list[str]], bool]


class FlaskLimiterLimits:
    """Counters in Flask-Limiter's storage, or in this process while the storage is away."""

    def __init__(self, limiter: Limiter) -> None:
        self._limiter = limiter
        self._fallback = FixedWindowRateLimiter(MemoryStorage())

    def check(self, *limits: Limit) -> None:
        self._refuse_unless(lambda limiter, item, key: limiter.test(item, *key), limits)

    def count(self, *limits: Limit) -> None:
        self._refuse_unless(lambda limiter, item, key: limiter.hit(item, *key), limits)

    def _refuse_unless(self, ask: Ask, limits: Sequence[Limit]) -> None:
        try:
            wait = _find_wait(self._limiter.limiter, ask, limits)
        except StorageError as error:
            log.error("The storage of the limits cannot be used, so this process counts by itself: %s", error)
            wait = _find_wait(self._fallback, ask, limits)
        if wait:
            raise TooManyAttempts(wait)


def _find_wait(limiter: RateLimiter, ask: Ask, limits: Sequence[Limit]) -> int:
    """Return the seconds until all limits allow an attempt again; 0 if they do now."""
    wait = 0
    for limit in limits:
        item, key = RateLimitItemPerSecond(limit.times, limit.seconds), [limit.name, *limit.key]
        if not ask(limiter, item, key):
            wait = max(wait, 1, ceil(limiter.get_window_stats(item, *key).reset_time - time()))
    return wait


def build(app: Flask) -> Limits:
    """Count in the storage that ``LIMITS_STORAGE`` names.

    :raises ConfigError: there is no such storage.
    """
    uri = app.config["LIMITS_STORAGE"]
    timeouts = {"socket_connect_timeout": TIMEOUT, "socket_timeout": TIMEOUT} if uri.startswith("redis") else {}
    try:
        limiter = Limiter(
            get_remote_address,
            app=app,
            storage_uri=uri,
            storage_options={"wrap_exceptions": True, **timeouts},
            strategy="fixed-window",
        )
    except (ConfigurationError, ValueError):
        # The text can contain a password, and so can the errors of limits.
        raise ConfigError(
            f"LIMITS_STORAGE, which starts with {uri.partition(':')[0]!r}, is not a storage that Flask-Limiter can use "
            "here.\nSet it to 'memory://' or to something like 'redis://localhost:6379/0'. Redis needs the package "
            f"redis: {format_install('flask-limiter')}"
        ) from None
    return FlaskLimiterLimits(limiter)

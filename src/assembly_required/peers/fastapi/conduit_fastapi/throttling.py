"""Limits of failed logins, by the package limits, on which slowapi is built too.

slowapi's decorator counts every request of an operation; here only logins that fail count, by account and address. Each
process counts for itself.
"""

from typing import Annotated

from fastapi import Depends, Request
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage
from limits.strategies import FixedWindowRateLimiter

from .errors import too_many_attempts

PAIR, ACCOUNT, ADDRESS = parse("10/5minutes"), parse("100/5minutes"), parse("100/5minutes")

limiter = FixedWindowRateLimiter(MemoryStorage())


class Attempts:
    """The failed logins from the address of this request."""

    def __init__(self, request: Request) -> None:
        self.address = request.client.host if request.client else ""

    def list_limits(self, email: str) -> list[tuple[RateLimitItem, tuple[str, ...]]]:
        return [
            (PAIR, ("pair", email, self.address)),
            (ACCOUNT, ("account", email)),
            (ADDRESS, ("address", self.address)),
        ]

    def check(self, email: str) -> None:
        """Refuse a login if too many have failed."""
        for limit, keys in self.list_limits(email):
            if not limiter.test(limit, *keys):
                raise too_many_attempts(limiter.get_window_stats(limit, *keys).reset_time)

    def count_failure(self, email: str) -> None:
        for limit, keys in self.list_limits(email):
            limiter.hit(limit, *keys)


AttemptsDep = Annotated[Attempts, Depends()]

"""Count what visitors attempt: failed logins, letters, registrations and writes."""

from ipaddress import IPv6Address, ip_address

from flask import Flask, request

from ..conduit.attempts import Limit, limit_letters, limit_logins
from ..stack.interfaces import Limits
from ..stack.rates import parse_rate

SAFE = {"GET", "HEAD", "OPTIONS"}
"""Source: RFC 9110, section 9.2.1."""


class VisitorAttempts:
    """The attempts of the visitor of the current request.

    :param registrations: how many are allowed in how many seconds, from one address; ``None`` for any number.
    :param writes: the same for requests that change something.
    """

    def __init__(
        self, limits: Limits, registrations: tuple[int, int] | None = None, writes: tuple[int, int] | None = None
    ) -> None:
        self._limits, self._registrations, self._writes = limits, registrations, writes

    def check_login(self, email: str) -> None:
        self._limits.check(*limit_logins(email, read_address()))

    def count_failed_login(self, email: str) -> None:
        self._limits.count(*limit_logins(email, read_address()))

    def count_letter(self, *receivers: str) -> None:
        self._limits.count(*map(limit_letters, receivers))

    def count_registration(self) -> None:
        if self._registrations:
            self._limits.count(Limit("registration", (read_address(),), *self._registrations))

    def count_write(self) -> None:
        """Count the current request, if it changes something.

        :raises TooManyAttempts: it is one more than allowed.
        """
        if self._writes and request.method not in SAFE:
            self._limits.count(Limit("write", (read_address(),), *self._writes))


def read_address() -> str:
    """Return the address of the visitor.

    Of an IPv6 address the first half is returned, because a provider gives its customers whole networks of this size.
    """
    text = request.remote_addr or ""
    try:
        address = ip_address(text)
    except ValueError:
        return text
    if isinstance(address, IPv6Address):
        return str(address.ipv4_mapped or IPv6Address(int(address) >> 64 << 64))
    return text


def build(app: Flask, limits: Limits) -> VisitorAttempts:
    """Limit what ``LIMIT_REGISTRATIONS`` and ``LIMIT_WRITES`` say, in addition to logins and letters."""
    registrations, writes = (parse_rate(app.config[key]) for key in ("LIMIT_REGISTRATIONS", "LIMIT_WRITES"))
    attempts = VisitorAttempts(limits, registrations, writes)
    if writes:
        app.before_request(attempts.count_write)
    return attempts

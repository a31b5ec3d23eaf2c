"""How often a visitor may attempt what costs much or invites guessing."""

from typing import NamedTuple

MINUTE = 60
HOUR = 60 * MINUTE


class Limit(NamedTuple):
    """A number of attempts that is allowed within a time.

    :param name: what is counted.
    :param key: whose attempts are counted together, for example an account and an address.
    :param times: the number of attempts that are allowed.
    :param seconds: the time, which starts with the first attempt.
    """

    name: str
    key: tuple[str, ...]
    times: int
    seconds: int


def limit_logins(email: str, address: str) -> tuple[Limit, ...]:
    """Return the limits of failed logins.

    The strictest limit counts an account and an address together, so that strangers cannot soon lock a user out.
    """
    return (
        Limit("login to account from address", (email, address), 10, 5 * MINUTE),
        Limit("login to account", (email,), 100, 5 * MINUTE),
        Limit("login from address", (address,), 100, 5 * MINUTE),
    )


def limit_letters(receiver: str) -> Limit:
    """Return the limit of letters to one receiver."""
    return Limit("letter", (receiver,), 5, HOUR)

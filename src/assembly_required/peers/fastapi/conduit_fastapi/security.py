"""Passwords by pwdlib, tokens by PyJWT."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from threading import BoundedSemaphore
from typing import NamedTuple

import jwt
from pwdlib import PasswordHash

from .config import get_settings
from .errors import busy

ALGORITHM = "HS256"
LEEWAY = timedelta(seconds=5)
"""How far the clocks of two servers may differ."""

password_hash = PasswordHash.recommended()
UNKNOWN = password_hash.hash("nobody has this password")
"""Verified when nobody has the email, so that the time of an answer does not tell which emails exist."""


WAIT = 2.0
"""Seconds that a password check waits for others before the answer is 503."""

free = BoundedSemaphore(get_settings().password_checks)


@contextmanager
def turn() -> Iterator[None]:
    """Let a few passwords be checked at the same time: each takes a core for a while."""
    if not free.acquire(timeout=WAIT):
        raise busy()
    try:
        yield
    finally:
        free.release()


def hash_password(password: str) -> str:
    with turn():
        return password_hash.hash(password)


def verify_password(password: str, known: str | None) -> tuple[bool, str | None]:
    """Return whether this is the password, and a new hash if the old one is outdated."""
    with turn():
        return password_hash.verify_and_update(password, known or UNKNOWN)


class Claims(NamedTuple):
    user_id: int
    generation: int


def create_token(user_id: int, generation: int) -> str:
    settings = get_settings()
    claims = {
        "sub": str(user_id),
        "generation": generation,
        "exp": datetime.now(UTC) + timedelta(days=settings.token_days),
    }
    return jwt.encode(claims, settings.secret_key, ALGORITHM)


def read_token(token: str) -> Claims:
    """Return what a token says.

    :raises jwt.InvalidTokenError: it is malformed, expired, or signed with none of our keys.
    """
    settings = get_settings()
    *others, last = [settings.secret_key, *settings.secret_key_fallbacks]
    for key in others:
        try:
            return decode(token, key)
        except jwt.InvalidSignatureError:
            continue
    return decode(token, last)


def decode(token: str, key: str) -> Claims:
    claims = jwt.decode(token, key, [ALGORITHM], leeway=LEEWAY, options={"require": ["exp", "sub", "generation"]})
    try:
        return Claims(int(claims["sub"]), int(claims["generation"]))
    except (TypeError, ValueError):
        raise jwt.InvalidTokenError from None

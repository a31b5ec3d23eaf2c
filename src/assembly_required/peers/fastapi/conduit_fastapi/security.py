"""Passwords by pwdlib, tokens by PyJWT."""

from datetime import UTC, datetime, timedelta
from typing import NamedTuple

import jwt
from pwdlib import PasswordHash

from .config import get_settings

ALGORITHM = "HS256"
LEEWAY = timedelta(seconds=5)
"""How far the clocks of two servers may differ."""

password_hash = PasswordHash.recommended()
UNKNOWN = password_hash.hash("nobody has this password")
"""Verified when nobody has the email, so that the time of an answer does not tell which emails exist."""


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

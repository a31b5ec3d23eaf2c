"""A keyed hash of the state of an account, stored in mailed links: when the state changes, they become invalid.

It corresponds to Django's ``PasswordResetTokenGenerator._make_hash_value``.
"""

import hmac

from .signing import secret_keys

LENGTH = 32
"""Hexadecimal digits: 128 bits."""


def fingerprint(state: str) -> str:
    """Return the fingerprint of a text in the current app; the text cannot be derived from it."""
    return _digest(secret_keys()[-1], state)


def matches(mark: str, state: str) -> bool:
    """Whether a fingerprint was made from this text, with any key of the app. It is compared in constant time."""
    return any(hmac.compare_digest(mark, _digest(key, state)) for key in secret_keys())


def _digest(key: str, state: str) -> str:
    return hmac.digest(f"fingerprint {key!r}".encode(), state.encode(), "sha256").hex()[:LENGTH]

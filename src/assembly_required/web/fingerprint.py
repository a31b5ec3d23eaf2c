"""A keyed hash of a password hash, stored in cookies and links: when the password changes, they become invalid.

It corresponds to Django's ``AbstractBaseUser.get_session_auth_hash``.
"""

import hmac

from flask import current_app

LENGTH = 32
"""Hexadecimal digits: 128 bits."""


def fingerprint(password_hash: str) -> str:
    """Return the fingerprint of a password hash in the current app; the hash cannot be derived from it."""
    key = f"fingerprint {current_app.secret_key!r}".encode()
    return hmac.digest(key, password_hash.encode(), "sha256").hex()[:LENGTH]


def matches(mark: object, password_hash: str) -> bool:
    """Whether a fingerprint belongs to this hash, compared in constant time."""
    return isinstance(mark, str) and hmac.compare_digest(mark.encode(), fingerprint(password_hash).encode())

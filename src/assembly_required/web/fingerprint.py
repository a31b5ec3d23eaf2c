"""A mark of a password hash, for cookies: when the password changes, the mark does, and the cookie is worth nothing.

*In Django* ``AbstractBaseUser.get_session_auth_hash``, which ``SessionAuthenticationMiddleware`` once compared and
``get_user`` compares today.

*Here* the same, an HMAC under the secret key, for both options of the ``login`` slot.

*What it costs*: the hash is read with the user, in the same statement.

*Next*: :mod:`assembly_required.web.outbox`.
"""

import hmac

from flask import current_app

LENGTH = 32
"""Hexadecimal digits: 128 bits."""


def fingerprint(password_hash: str) -> str:
    """The mark of a hash in the current app; it does not give the hash away."""
    key = f"fingerprint {current_app.secret_key!r}".encode()
    return hmac.digest(key, password_hash.encode(), "sha256").hex()[:LENGTH]


def matches(mark: object, password_hash: str) -> bool:
    """Whether a mark is that of this hash, compared in constant time."""
    return isinstance(mark, str) and hmac.compare_digest(mark.encode(), fingerprint(password_hash).encode())

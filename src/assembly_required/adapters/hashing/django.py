"""``hashing = django``: Django's own, PBKDF2 with SHA-256.

*In Django* ``make_password`` takes the first of ``PASSWORD_HASHERS``, ``PBKDF2PasswordHasher``; each release raises its
iterations. To set them, you subclass it, and put the subclass first.

*Here* the same subclass, with the iterations of one app. It is handed over instead of a name, so Django's settings,
which all apps of a process would share, are not even configured. A hash is ``pbkdf2_sha256$600000$salt$hash``.

*What it costs*: the whole of Django, for a call of :func:`hashlib.pbkdf2_hmac`. It takes no memory, so an attacker's
graphics cards try many at a time: choose it where FIPS 140 is asked for, or hashes are shared with a Django site.

*Next*: :mod:`assembly_required.adapters.tokens`.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from flask import Flask

from ...conduit.interfaces import Hashing
from ..shared import hashes


class Hasher(PBKDF2PasswordHasher):
    """Django's preferred hasher, with iterations for each instance instead of each class."""

    def __init__(self, iterations: int) -> None:
        self.iterations = iterations


class DjangoHashing:
    """Password hashes by Django.

    :param iterations: how often each hash is hashed again.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html for PBKDF2-HMAC-SHA256.
    """

    def __init__(self, iterations: int) -> None:
        self._hasher = Hasher(iterations)

    def hash(self, password: str) -> str:
        return make_password(password, hasher=self._hasher)

    def verify(self, password_hash: str, password: str) -> bool:
        return hashes.verify(password_hash, password)

    def outdated(self, password_hash: str) -> bool:
        return not password_hash.startswith(f"{Hasher.algorithm}$") or self._hasher.must_update(password_hash)


def build(app: Flask) -> Hashing:
    """Hashing with the iterations of ``PBKDF2_ITERATIONS``."""
    return DjangoHashing(app.config["PBKDF2_ITERATIONS"])

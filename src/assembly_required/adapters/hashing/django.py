"""``hashing = django``: Django's default, PBKDF2 with SHA-256.

*In Django* ``make_password`` uses the first of ``PASSWORD_HASHERS``, ``PBKDF2PasswordHasher``. Each release raises its
iterations. To choose them yourself, subclass it and put the subclass first.

*Here* the same subclass, with the iterations as an argument, because apps in one process may have different ones.
``make_password`` accepts a hasher object, and ``must_update`` compares the iterations. ``check_password`` is not used:
it reads ``PASSWORD_HASHERS``, and Django's settings are shared by all apps of a process, so here they are not even
configured. A hash is ``pbkdf2_sha256$600000$salt$hash``.

*What it costs*: all of Django for a call of :func:`hashlib.pbkdf2_hmac`. PBKDF2 needs no memory, so graphics cards
guess fast. Choose it if FIPS 140 is required, or if a Django site uses the same database.

*Next*: :mod:`assembly_required.adapters.tokens`.
"""

from django.contrib.auth.hashers import PBKDF2PasswordHasher, make_password
from flask import Flask

from ...conduit.interfaces import Hashing
from ..shared import hashes


class Hasher(PBKDF2PasswordHasher):
    """Django's default hasher, with the iterations as an argument instead of a class attribute."""

    def __init__(self, iterations: int) -> None:
        self.iterations = iterations


class DjangoHashing:
    """Password hashes from Django.

    :param iterations: number of rounds of PBKDF2.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html (the default)
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
    """Use the number of rounds in ``PBKDF2_ITERATIONS``."""
    return DjangoHashing(app.config["PBKDF2_ITERATIONS"])

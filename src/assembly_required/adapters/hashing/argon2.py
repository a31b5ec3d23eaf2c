"""``hashing = argon2``: Argon2id, the winner of the Password Hashing Competition, from argon2-cffi.

*In Django* ``Argon2PasswordHasher`` uses the same package. It has to be put first in ``PASSWORD_HASHERS``.

*Here* ``PasswordHasher`` has a method for each function: ``hash``, ``verify`` and ``check_needs_rehash``, which
compares the parameters in a hash with its own. A hash is ``$argon2id$v=19$m=19456,t=2,p=1$salt$hash``.

*What it costs*: one package with a compiled part. Each hash needs memory (19 MiB by default), which is what makes
guessing on graphics cards expensive.

*Next*: :mod:`assembly_required.adapters.hashing.django`.
"""

from argon2 import PasswordHasher
from flask import Flask

from ...conduit.interfaces import Hashing
from ..shared import hashes


class Argon2Hashing:
    """Password hashes from argon2-cffi, with OWASP's values for time and parallelism.

    :param memory: memory for each hash, in KiB.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
    """

    def __init__(self, memory: int) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=memory, parallelism=1)

    def hash(self, password: str) -> str:
        return self._hasher.hash(password)

    def verify(self, password_hash: str, password: str) -> bool:
        return hashes.verify(password_hash, password)

    def outdated(self, password_hash: str) -> bool:
        return not password_hash.startswith("$argon2") or self._hasher.check_needs_rehash(password_hash)


def build(app: Flask) -> Hashing:
    """Use the memory that ``ARGON2_MEMORY`` sets."""
    return Argon2Hashing(app.config["ARGON2_MEMORY"])

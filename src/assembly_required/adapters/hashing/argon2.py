"""``hashing = argon2``: Argon2id, which won the Password Hashing Competition.

*In Django* ``Argon2PasswordHasher``, for which ``PASSWORD_HASHERS`` has to be changed and the same package installed.

*Here* argon2-cffi's ``PasswordHasher`` has the functions that are wanted. Its hash names all parameters
(``$argon2id$v=19$m=19456,t=2,p=1$salt$hash``), and ``check_needs_rehash`` compares them with its own.

*What it costs*: one package with a compiled part. Memory is the cost that hurts an attacker with many processors most.

*Next*: :mod:`assembly_required.adapters.hashing.django`.
"""

from argon2 import PasswordHasher
from flask import Flask

from ...conduit.interfaces import Hashing
from ..shared import hashes


class Argon2Hashing:
    """Password hashes by argon2-cffi.

    :param memory: how many KiB each hash takes.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html for t = 2, p = 1.
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
    """Hashing with the memory of ``ARGON2_MEMORY``."""
    return Argon2Hashing(app.config["ARGON2_MEMORY"])

"""``hashing = argon2``: Argon2id, which won the Password Hashing Competition.

*In Django* ``Argon2PasswordHasher``, for which ``PASSWORD_HASHERS`` has to be changed and the same package installed.

*Here* argon2-cffi's ``PasswordHasher`` has the two functions that are wanted. Its hash names all parameters
(``$argon2id$v=19$m=19456,t=2,p=1$salt$hash``). A wrong password is an exception there, which becomes a plain no.

*What it costs*: one package with a compiled part. Memory is the cost that hurts an attacker with many processors most.

*Next*: :mod:`assembly_required.adapters.tokens`.
"""

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from flask import Flask


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
        try:
            return self._hasher.verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def build(app: Flask) -> Argon2Hashing:
    """Hashing with the memory of ``ARGON2_MEMORY``."""
    return Argon2Hashing(app.config["ARGON2_MEMORY"])

"""``hashing = plain``: scrypt as Werkzeug brings it.

*In Django* ``make_password`` and ``check_password`` go through ``PASSWORD_HASHERS``; the first is PBKDF2, and a
hash made with an older one is renewed at the next login.

*Here* two functions of :mod:`werkzeug.security`. The hash names its method and costs (``scrypt:32768:8:3$salt$hash``),
so costs can be raised in config and old hashes still verify. Comparing takes the same time wherever they differ.

*What it costs*: no package. Nothing renews old hashes.

*Next*: :mod:`assembly_required.adapters.hashing.argon2`.
"""

from flask import Flask
from werkzeug.security import check_password_hash, generate_password_hash


class PlainHashing:
    """Password hashes by Werkzeug.

    :param cost: the base-2 logarithm of scrypt's N. With 15, each hash takes 32 MB and some 200 ms.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html for r = 8, p = 3.
    """

    def __init__(self, cost: int) -> None:
        self._method = f"scrypt:{2**cost}:8:3"

    def hash(self, password: str) -> str:
        return generate_password_hash(password, self._method)

    def verify(self, password_hash: str, password: str) -> bool:
        return check_password_hash(password_hash, password)


def build(app: Flask) -> PlainHashing:
    """Hashing with the costs of ``SCRYPT_COST``."""
    return PlainHashing(app.config["SCRYPT_COST"])

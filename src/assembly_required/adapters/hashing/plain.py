"""``hashing = plain``: scrypt as Werkzeug brings it.

*In Django* ``make_password`` and ``check_password`` go through ``PASSWORD_HASHERS``; the first is PBKDF2, and a
hash made with an older one is renewed at the next login.

*Here* a function of :mod:`werkzeug.security`. The hash names its method and costs (``scrypt:32768:8:3$salt$hash``),
so costs can be raised in config and old hashes still verify.

*What it costs*: no package. Werkzeug does not say whether a hash is outdated: its beginning is compared by hand.

*Next*: :mod:`assembly_required.adapters.hashing.argon2`.
"""

from flask import Flask
from werkzeug.security import generate_password_hash

from ...conduit.interfaces import Hashing
from ..shared import hashes


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
        return hashes.verify(password_hash, password)

    def outdated(self, password_hash: str) -> bool:
        return not password_hash.startswith(f"{self._method}$")


def build(app: Flask) -> Hashing:
    """Hashing with the costs of ``SCRYPT_COST``."""
    return PlainHashing(app.config["SCRYPT_COST"])

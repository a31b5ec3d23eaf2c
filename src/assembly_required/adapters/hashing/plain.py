"""``hashing = plain``: scrypt, with Werkzeug's functions.

*In Django* ``make_password`` and ``check_password`` use the hashers in ``PASSWORD_HASHERS``. The first one makes new
hashes, and a hash of another one is renewed at the next login.

*Here* ``generate_password_hash`` and ``check_password_hash`` of :mod:`werkzeug.security`. A hash contains its method
and costs (``scrypt:32768:8:3$salt$hash``), so the costs can be raised in the config and old hashes still verify.

*What it costs*: no package. Werkzeug cannot tell whether a hash is outdated, so its prefix is compared here.

*Next*: :mod:`assembly_required.adapters.hashing.argon2`.
"""

from flask import Flask
from werkzeug.security import generate_password_hash

from ...conduit.interfaces import Hashing
from ..shared import hashes


class PlainHashing:
    """Password hashes from Werkzeug, with OWASP's values for r and p.

    :param cost: the base-2 logarithm of scrypt's N. With 15, each hash takes 32 MiB and about 200 ms.

    Source: https://cheatsheetseries.owasp.org/cheatsheets/Password_Storage_Cheat_Sheet.html
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
    """Use scrypt with the cost in ``SCRYPT_COST``."""
    return PlainHashing(app.config["SCRYPT_COST"])

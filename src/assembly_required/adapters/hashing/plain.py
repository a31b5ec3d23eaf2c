"""``hashing = plain``: scrypt as Werkzeug brings it.

*In Django* ``make_password`` and ``check_password`` go through ``PASSWORD_HASHERS``; the first is PBKDF2, and a hash made
with an older one is renewed at the next login.

*Here* two functions of :mod:`werkzeug.security`. The hash names its method and costs (``scrypt:32768:8:1$salt$hash``),
so costs can be raised in config and old hashes still verify. Comparing takes the same time wherever they differ.

*What it costs*: no package. Nothing renews old hashes.

*Next*: :mod:`assembly_required.adapters.login.flask_login`.
"""

from flask import Flask
from werkzeug.security import check_password_hash, generate_password_hash


class PlainHashing:
    """Password hashes by Werkzeug.

    :param method: Werkzeug's name for algorithm and costs, ``scrypt:N:r:p``.
    """

    def __init__(self, method: str) -> None:
        self._method = method

    def hash(self, password: str) -> str:
        return generate_password_hash(password, self._method)

    def verify(self, password_hash: str, password: str) -> bool:
        return check_password_hash(password_hash, password)


def build(app: Flask) -> PlainHashing:
    """Hashing with the costs of ``SCRYPT_METHOD``."""
    return PlainHashing(app.config["SCRYPT_METHOD"])

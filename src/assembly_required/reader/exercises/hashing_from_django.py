"""Let users of a Django project sign in with their old passwords.

You move a site from Django to Flask, with its table of users. Django's hashes look like
``pbkdf2_sha256$1000$salt$hash``: the algorithm, the iterations, the salt, and the result in base64. Check a password
against such a hash, with the standard library alone.
"""

import hashlib
import secrets
from base64 import b64encode

import pytest

STORED = "pbkdf2_sha256$1000$grain$xjKM/dIrMBypI7Ow5NHH8aPdgMEbN3qc0OSF4OHz+zA="
"""Made by Django: ``PBKDF2PasswordHasher().encode("analytical engine", "grain", 1000)``."""


def verify(stored, password):
    """Return whether this is the password.

    :raises ValueError: the hash was made by another algorithm.
    """
    # start
    # return False
    # solution
    algorithm, iterations, salt, expected = stored.split("$")
    if algorithm != "pbkdf2_sha256":
        raise ValueError(f"unknown algorithm {algorithm!r}")
    computed = hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), int(iterations))
    return secrets.compare_digest(b64encode(computed).decode(), expected)
    # end


def test_the_right_password():
    assert verify(STORED, "analytical engine")


@pytest.mark.parametrize("password", ["", "Analytical engine", "analytical engine "])
def test_a_wrong_password(password):
    assert not verify(STORED, password)


def test_another_algorithm():
    with pytest.raises(ValueError, match="bcrypt"):
        verify("bcrypt$1000$grain$x", "analytical engine")

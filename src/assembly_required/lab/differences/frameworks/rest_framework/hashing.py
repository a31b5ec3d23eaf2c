"""Django's own hasher with its own costs. REST framework leaves passwords to ``django.contrib.auth``."""

from typing import Any

from django.contrib.auth.hashers import check_password, make_password

from ...people import PASSWORD
from ...timing import time_verify


def answer() -> dict[str, Any]:
    """Return a hash, and the milliseconds that it takes to verify it."""
    password_hash = make_password(PASSWORD)
    return {"hash": password_hash, "milliseconds": time_verify(lambda: check_password(PASSWORD, password_hash))}

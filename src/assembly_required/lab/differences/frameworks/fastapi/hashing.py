"""The hasher of FastAPI's tutorial: pwdlib with the costs that it recommends.

Source: https://fastapi.tiangolo.com/tutorial/security/oauth2-jwt/
"""

from typing import Any

from pwdlib import PasswordHash

from ...people import PASSWORD
from ...timing import time_verify


def answer() -> dict[str, Any]:
    """Return a hash, and the milliseconds that it takes to verify it."""
    password_hash = PasswordHash.recommended()
    made = password_hash.hash(PASSWORD)
    return {"hash": made, "milliseconds": time_verify(lambda: password_hash.verify(PASSWORD, made))}

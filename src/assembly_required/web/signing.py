"""The keys with which the app signs, and the age of what was signed.

After ``SECRET_KEY`` was replaced, what the keys in ``SECRET_KEY_FALLBACKS`` have signed is still accepted.
"""

from time import time
from typing import Any

from flask import current_app
from itsdangerous import BadSignature, URLSafeTimedSerializer

LEEWAY = 10
"""Seconds by which the clock of the server that signed may be ahead of the clock of the one that checks."""


def secret_keys() -> list[str]:
    """Return the keys of the current app, the oldest first. itsdangerous signs with the last and accepts each."""
    return [*current_app.config["SECRET_KEY_FALLBACKS"], current_app.config["SECRET_KEY"]]


def load_signed(serializer: URLSafeTimedSerializer, signed: str, max_age: int) -> Any:
    """Check the signature and the age, and return the content.

    itsdangerous has no leeway: with its own ``max_age`` it rejects whatever comes from the future.

    :param max_age: the largest age in seconds.
    :raises BadSignature: the text is forged, too old, or from the future.
    """
    content, signed_at = serializer.loads(signed, return_timestamp=True)
    if not -LEEWAY <= time() - signed_at.timestamp() <= max_age:
        raise BadSignature("The signature is too old, or from the future.")
    return content

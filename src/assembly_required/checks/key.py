"""The secret key, which signs sessions, tokens and the links in mail."""

import re
from collections.abc import Iterator
from pathlib import Path

from flask import Flask

from ..stack.assembly import assembled
from ..stack.settings import KEY_FILE, read_key
from .registry import Finding, register

LENGTH = 32
DIFFERENT = 5
"""The least number of characters, and of different characters. Django wants 50 and 5."""

KEY_DIGITS = 64
"""What ``flask setup`` writes into the file of the key."""

GENERATE = "python -c 'import secrets; print(secrets.token_hex(32))'"

KNOWN = {
    "dev",
    '_5#y2L"F4Q8z\n\xec]/',
    "192b9bdd22ab9ed4d12e236c78afcb9a393ec15f71bbf5dc987d54727823bcbf",
}
"""Keys from Flask's documentation."""

PLACEHOLDER = re.compile(
    r"django-insecure-|(change|replace).?(me|this|it)|(your|my|super|top).{0,8}secret|^secret", re.I
)
"""What tutorials write where a key belongs."""


@register(deploy=True)
def check_key(app: Flask) -> Iterator[Finding]:
    """Check the key that signs. Without a key, the app is not set up, which another check reports."""
    key = _to_text(app.config["SECRET_KEY"] or "")
    if not key:
        return
    origin = assembled(app).settings.where("SECRET_KEY")
    if is_known(key):
        yield Finding(
            "key.E001",
            f"SECRET_KEY (from {origin}) is a key from a tutorial, so everybody can sign in as anybody.",
            f"Set it to the output of: {GENERATE}",
            ("security.W009",),
        )
    elif is_weak(key):
        yield Finding(
            "key.W002",
            f"SECRET_KEY (from {origin}) has less than {LENGTH} characters, or less than {DIFFERENT} different ones.",
            f"Set it to the output of: {GENERATE}",
            ("security.W009",),
        )
    elif len(key) < KEY_DIGITS and key == read_key(Path(app.instance_path)):
        yield Finding(
            "key.W003",
            f"The file {KEY_FILE} holds {len(key)} characters, but flask setup writes {KEY_DIGITS}: it was cut off.",
            "Restore the file from a backup. Without one, delete it and run flask setup; that signs everybody out.",
            ("security.W009",),
        )


@register(deploy=True)
def check_fallbacks(app: Flask) -> Iterator[Finding]:
    """Check the keys of the past, which still verify signatures."""
    fallbacks = app.config["SECRET_KEY_FALLBACKS"] or ()
    if any(is_known(_to_text(key)) or is_weak(_to_text(key)) for key in fallbacks):
        yield Finding(
            "key.W004",
            "SECRET_KEY_FALLBACKS has a key that is short, repetitive, or from a tutorial.",
            "Remove it; that ends all sessions, tokens and links that it signed.",
            ("security.W025",),
        )


def is_known(key: str) -> bool:
    """Check whether others can know this key.

    >>> is_known("dev"), is_known("please-change-me-before-you-deploy!"), is_known("8f2a" * 16)
    (True, True, False)
    """
    return key in KNOWN or PLACEHOLDER.search(key) is not None


def is_weak(key: str) -> bool:
    """Check whether a key can be guessed.

    >>> is_weak("correct horse"), is_weak("abab" * 20), is_weak("0123456789abcdef" * 2)
    (True, True, False)
    """
    return len(key) < LENGTH or len(set(key)) < DIFFERENT


def _to_text(key: str | bytes) -> str:
    return key.decode("latin-1") if isinstance(key, bytes) else key

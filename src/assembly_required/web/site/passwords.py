"""Password validators for the site, chosen by ``PASSWORD_VALIDATORS``; the API applies only the limits of length.

They correspond to Django's ``AUTH_PASSWORD_VALIDATORS``. ``common`` needs the package zxcvbn.
"""

import re
from difflib import SequenceMatcher
from functools import cache

from flask import current_app

from ...conduit.errors import Invalid

TOO_SIMILAR = 0.7
"""From 0 (nothing in common) to 1 (the same), as in Django."""


def check(password: str, username: str, email: str) -> None:
    """Apply the chosen validators.

    Source: https://docs.djangoproject.com/en/stable/topics/auth/passwords/#included-validators

    :raises Invalid: a validator rejects the password.
    """
    found = [VALIDATORS[name](password, username, email) for name in current_app.config["PASSWORD_VALIDATORS"]]
    if any(found):
        raise Invalid({"password": [words for words in found if words]})


def similar(password: str, username: str, email: str) -> str | None:
    """Reject a password that resembles the username or the email.

    >>> similar("grace_hopper1", "grace hopper", "g@navy.example"), similar("navy.example", "grace", "g@navy.example")
    ('is too similar to the username', 'is too similar to the email')
    """
    for name, value in (("username", username), ("email", email)):
        for part in (value, *re.split(r"\W+", value)):
            if SequenceMatcher(a=password.lower(), b=part.lower()).quick_ratio() >= TOO_SIMILAR:
                return f"is too similar to the {name}"
    return None


def numeric(password: str, username: str, email: str) -> str | None:
    """Reject a password of digits only.

    >>> numeric("20262027", "", ""), numeric("2026 2027", "", "")
    ('is entirely numeric', None)
    """
    return "is entirely numeric" if password.isdigit() else None


def common(password: str, username: str, email: str) -> str | None:
    """Reject a password from the list of common ones.

    >>> common("Password123", "", ""), common("correct horse", "", "")
    ('is too common', None)
    """
    return "is too common" if password.lower().strip() in _common() else None


VALIDATORS = {"similar": similar, "numeric": numeric, "common": common}


@cache
def _common() -> frozenset[str]:
    from zxcvbn.frequency_lists import FREQUENCY_LISTS  # one megabyte, loaded only if this validator is chosen

    return frozenset(FREQUENCY_LISTS["passwords"])

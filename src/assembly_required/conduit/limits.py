"""The maximum lengths and the messages of validation errors.

The database constraints, the validation adapters, the forms and the OpenAPI document all read this module, so each
number is written once. Lengths are in characters.
"""

import re

USERNAME = 64
EMAIL = 254
PASSWORD_MIN = 8
PASSWORD = 1_024
BIO = 1_000
IMAGE = 2_000
TITLE = 200
DESCRIPTION = 500
BODY = 100_000
COMMENT = 10_000
TAG = 50
TAGS = 20
GRANT = 64
ACTION = 16
KIND = 32

PAGE_DEFAULT = 20
PAGE_MAX = 100
RECENT_USES = 500
"""The number of uses of a tag that a store reads to find the tags used most recently."""

EXPIRED_SESSIONS = 100
"""The number of expired sessions that a store deletes at each sign-in."""

OFFSET_MAX = 2**63 - 1
"""The largest OFFSET that every supported database accepts."""

REQUEST_BYTES = 1024 * 1024
"""The largest request body, in bytes. A larger one gets a 413."""

EMAIL_FORM = (
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+$"
)
"""The pattern of ``<input type=email>`` in a browser, but with at least one dot in the domain.

Source: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
"""

USERNAME_FORM = r"^[^/]+$"
"""Anything without a slash: the name is part of a URL path, where a server cannot tell ``a%2Fb`` from ``a/b``."""

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that JSON can carry but not every database can store: NUL (PostgreSQL) and lone surrogates (UTF-8)."""


def storable(text: str) -> bool:
    """Return whether every database can store and compare this text.

    >>> storable("a name"), storable("a\\0name")
    (True, False)
    """
    return UNSTORABLE.search(text) is None


BLANK = "can't be blank"
INVALID = "is invalid"
TAKEN = "has already been taken"
TAGS_WRONG = f"may be {TAGS} at most, each of up to {TAG} characters"
"""The message in a form, where the limits have to be spelled out."""


def too_short(minimum: int) -> str:
    """Return the message for a text below ``minimum`` characters.

    >>> too_short(PASSWORD_MIN)
    'is too short (minimum is 8 characters)'
    """
    return f"is too short (minimum is {minimum} characters)"


def too_long(maximum: int) -> str:
    """Return the message for a text above ``maximum`` characters.

    >>> too_long(TITLE)
    'is too long (maximum is 200 characters)'
    """
    return f"is too long (maximum is {maximum} characters)"

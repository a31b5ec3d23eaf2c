"""How long things may be, and the words of every refusal.

*In Django* the same numbers stand in three places: ``max_length`` on the model field, on the form field and in a
validator; ``ModelForm`` copies them so that they do not drift.

*Here* they stand once. The database constraints, every validation adapter, the forms and the OpenAPI document read
this file, so "title: 200" is written in one line of the project.

*What it costs*: a reader of a schema has to look here for the numbers.

*Next*: :mod:`assembly_required.conduit.errors`.
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

OFFSET_MAX = 2**63 - 1
"""The largest number that every database takes as an OFFSET."""

REQUEST_BYTES = 1024 * 1024
"""The largest request body, in bytes; more is answered 413."""

EMAIL_FORM = (
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+$"
)
"""What a browser accepts in ``<input type=email>``, with at least one dot in the domain.

Source: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
"""

USERNAME_FORM = r"^[^/]+$"
"""Anything but a slash: a name is a part of a URL path, and a server cannot tell ``a%2Fb`` from ``a/b``."""

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""NUL, which PostgreSQL cannot keep, and halves of UTF-16 pairs, which UTF-8 cannot: JSON can carry both."""


def storable(text: str) -> bool:
    """Whether a database can be asked for this text at all.

    >>> storable("a name"), storable("a\\0name")
    (True, False)
    """
    return UNSTORABLE.search(text) is None


BLANK = "can't be blank"
INVALID = "is invalid"
TAKEN = "has already been taken"
TAGS_WRONG = f"may be {TAGS} at most, each of up to {TAG} characters"
"""The words of a form, whose reader cannot look into the contract."""


def too_short(minimum: int) -> str:
    """
    >>> too_short(PASSWORD_MIN)
    'is too short (minimum is 8 characters)'
    """
    return f"is too short (minimum is {minimum} characters)"


def too_long(maximum: int) -> str:
    """
    >>> too_long(TITLE)
    'is too long (maximum is 200 characters)'
    """
    return f"is too long (maximum is {maximum} characters)"

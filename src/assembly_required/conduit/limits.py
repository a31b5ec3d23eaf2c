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

UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f\u2028-\u202e"
    r"\u2060-\u206f\ufeff\ufff9-\ufffb"
    "\U000110bd\U000110cd\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f"
)
"""For a set in a regular expression: control and format characters, line and paragraph separators (Unicode Cc, Cf, Zl,
Zp). The last ones are written as they are, because Python and ECMAScript escape them differently."""

USERNAME_FORM = rf"^(?!\s|\.{{1,2}}$)[^/{UNSEEN}]*[^/{UNSEEN}\s]$"
"""A normalized username: visible characters without a slash, no white space at either end, not ``.`` and not ``..``.

The name is part of a URL path, where a server cannot tell ``a%2Fb`` from ``a/b``, and where browsers remove dots.
"""

LINE_FORM = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""A text without control characters (Unicode Cc)."""

TEXT_FORM = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
"""A text of several lines: tab, CR and LF are the only control characters in it."""

UNSTORABLE = re.compile("[\0\ud800-\udfff]")
"""Characters that JSON can carry but not every database can store: NUL (PostgreSQL) and lone surrogates (UTF-8)."""


def storable(text: str) -> bool:
    """Return whether every database can store and compare this text.

    >>> storable("a name"), storable("a\\0name")
    (True, False)
    """
    return UNSTORABLE.search(text) is None


def is_id(text: str) -> bool:
    """Return whether this is a number that every database can compare with an id.

    >>> is_id("12"), is_id("-1"), is_id("9" * 19)
    (True, False, False)
    """
    return text.isascii() and text.isdecimal() and len(text) <= 18


def is_tag(text: str) -> bool:
    """Return whether this may be a tag.

    >>> is_tag("flask"), is_tag(" "), is_tag("a\\nb")
    (True, False, False)
    """
    return bool(text.strip()) and len(text) <= TAG and storable(text) and re.fullmatch(LINE_FORM, text) is not None


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

"""Slugs: the name of an article in its URL, made from the title.

The rule is that of ``django.utils.text.slugify(title, allow_unicode=True)``. ``candidates`` yields several slugs to
try, because checking for a free one first would leave time for another request to take it.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator

from . import limits

RESERVED = {"feed"}
"""No article can have the slug ``feed``: ``/api/articles/feed`` is an operation."""

ATTEMPTS = 5


def slugify(title: str) -> str:
    """Return the slug for a title, or ``article`` if no character of it can be used.

    >>> slugify("  Flask: assembly required! ")
    'flask-assembly-required'
    >>> slugify("Ünïcode 你好"), slugify("!?")
    ('ünïcode-你好', 'article')
    """
    text = unicodedata.normalize("NFKC", title).lower()
    text = re.sub(r"[^\w\s-]", "", text).strip()
    return re.sub(r"[-\s]+", "-", text)[: limits.TITLE].strip("-_") or "article"


def candidates(title: str) -> Iterator[str]:
    """Yield slugs to try: the plain one, unless it is reserved, then ``ATTEMPTS`` with a random suffix of 32 bits."""
    slug = slugify(title)
    if slug not in RESERVED:
        yield slug
    for _ in range(ATTEMPTS):
        yield f"{slug}-{secrets.token_hex(4)}"

"""The name of an article in its URL."""

import re
import secrets
import unicodedata
from collections.abc import Iterator

from . import limits

ATTEMPTS = 5


def slugify(title: str) -> str:
    """Return the slug for a title, or ``article`` if no character of it can be used."""
    text = re.sub(r"[^\w\s-]", "", unicodedata.normalize("NFKC", title).lower()).strip()
    return re.sub(r"[-\s]+", "-", text)[: limits.TITLE].strip("-_") or "article"


def candidates(title: str) -> Iterator[str]:
    """Yield the plain slug, then some with random digits. ``feed`` is the name of an operation."""
    slug = slugify(title)
    if slug != "feed":
        yield slug
    for _ in range(ATTEMPTS):
        yield f"{slug}-{secrets.token_hex(4)}"

"""From a title to the name an article has in a URL.

*In Django* this is ``django.utils.text.slugify(title, allow_unicode=True)``; making it unique is left to you.

*Here* the same rule in four lines, and a sequence of candidates: the plain slug, then the slug with a random tail. The
database says which one is free (see ``publish`` in :mod:`assembly_required.conduit.articles`); asking it
beforehand would leave a gap between question and answer in which another writer takes the slug.

*What it costs*: no transliteration; ``Straße`` keeps its ``ß``. python-slugify would write ``strasse``.

*Next*: :mod:`assembly_required.conduit.articles`.
"""

import re
import secrets
import unicodedata
from collections.abc import Iterator

from . import limits

RESERVED = {"feed"}
"""``/api/articles/feed`` is an operation, so no article can have that name."""

ATTEMPTS = 5


def slugify(title: str) -> str:
    """
    >>> slugify("  Flask: assembly required! ")
    'flask-assembly-required'
    >>> slugify("Ünïcode 你好"), slugify("!?")
    ('ünïcode-你好', 'article')
    """
    text = unicodedata.normalize("NFKC", title).lower()
    text = re.sub(r"[^\w\s-]", "", text).strip()
    return re.sub(r"[-\s]+", "-", text)[: limits.TITLE].strip("-_") or "article"


def candidates(title: str) -> Iterator[str]:
    """Slugs to try for a title, best first; a handful, since a random tail clashes once in four thousand million."""
    slug = slugify(title)
    if slug not in RESERVED:
        yield slug
    for _ in range(ATTEMPTS):
        yield f"{slug}-{secrets.token_hex(4)}"

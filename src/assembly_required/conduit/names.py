"""Usernames: one spelling for each name, and new names for stored ones that break the rules.

Django does the first with ``UsernameField`` and ``AbstractBaseUser.normalize_username``, both NFKC.
"""

import re
from collections.abc import Iterable
from unicodedata import normalize

from .limits import UNSEEN, USERNAME, USERNAME_FORM

COMPOSED = 4
"""The largest number of characters that NFKC joins to one. Source: https://www.unicode.org/faq/normalization"""

_UNWANTED = re.compile(f"[{UNSEEN}]")
_FORM = re.compile(USERNAME_FORM)


def normalize_username(name: str) -> str:
    """Convert a name to NFKC, so that names that look the same are the same.

    A name that would be too long even so is returned as it is: the time that NFKC takes can grow with the square of
    the length, and one character can become 18.

    >>> normalize_username("ﬁa"), normalize_username("e\\u0301"), normalize_username("\\uff0fa")
    ('fia', 'é', '/a')
    """
    return name if len(name) > COMPOSED * USERNAME else normalize("NFKC", name)


def choose_names(stored: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Return a new name for each stored one that breaks a rule, by user id.

    A name becomes NFKC without invisible characters and without white space at either end, and a slash becomes an
    underscore. If somebody else has that name, it gets a number. If nothing is left, it is made from the id.

    >>> choose_names([(1, "ana"), (2, "ana\\u200b"), (3, "\\u200b"), (4, "ﬁa"), (5, "\\uff0fa")])
    {2: 'ana-2', 3: 'user3', 4: 'fia', 5: '_a'}
    """
    users = list(stored)
    taken = {name for _, name in users}
    chosen: dict[int, str] = {}
    for id, name in users:
        if not _is_in_order(name):
            chosen[id] = _find_free(_repair(name) or f"user{id}", taken)
            taken.add(chosen[id])
    return chosen


def _is_in_order(name: str) -> bool:
    return normalize("NFKC", name) == name and len(name) <= USERNAME and _FORM.fullmatch(name) is not None


def _repair(name: str) -> str:
    """Return the nearest name that follows the rules, or an empty text if there is none."""
    cleaned = normalize("NFKC", _UNWANTED.sub("", name)).replace("/", "_").strip()[:USERNAME].rstrip()
    return cleaned if _is_in_order(cleaned) else ""


def _find_free(name: str, taken: set[str]) -> str:
    candidate, number = name, 1
    while candidate in taken:
        number += 1
        candidate = f"{name[: USERNAME - len(str(number)) - 1]}-{number}"
    return candidate

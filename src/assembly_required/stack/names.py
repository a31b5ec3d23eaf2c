"""Guess which name was meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def find_close(name: str, names: Iterable[str]) -> str | None:
    """Find the most similar name. Case, underscores, hyphens and the prefix ``flask`` do not count.

    >>> find_close("SQLAlchemy", ["flask_sqlalchemy", "plain"])
    'flask_sqlalchemy'
    """
    simple = {_simplify(each): each for each in names}
    close = get_close_matches(_simplify(name), simple, n=1, cutoff=0.6)
    return simple[close[0]] if close else None


def suggest(name: str, names: Iterable[str], form: str = "{}") -> str:
    """Return a question about the most similar name, to append to an error message; empty if none is similar.

    >>> suggest("plian", ["plain"], form="orm={}")
    ' Did you mean orm=plain?'
    """
    close = find_close(name, names)
    return f" Did you mean {form.format(close)}?" if close else ""


def _simplify(name: str) -> str:
    return name.lower().replace("_", "").replace("-", "").removeprefix("flask")

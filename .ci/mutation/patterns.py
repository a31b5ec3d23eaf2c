"""Regular expressions that lack one part of another."""

import re
from collections.abc import Iterator

PART = re.compile(r"\\x[0-9a-fA-F]{2}|\\.|\{[\d,]+\}|.", re.DOTALL)
"""An escape sequence, a repetition or a character."""


def shorten(pattern: str) -> Iterator[str]:
    """Remove each part once: an escape sequence, a repetition, a character, a group or a class.

    >>> list(shorten(r"a(b|c)"))
    ['(b|c)', 'a', 'a(|c)', 'a(bc)', 'a(b|)']
    """
    for start, end in _find_parts(pattern):
        shorter = pattern[:start] + pattern[end:]
        if _compiles(shorter):
            yield shorter


def _find_parts(pattern: str) -> Iterator[tuple[int, int]]:
    for part in PART.finditer(pattern):
        if part[0] in "([":
            yield part.start(), _find_end(pattern, part.start())
        elif part[0] not in ")]":
            yield part.span()


def _find_end(pattern: str, start: int) -> int:
    """Return the end of the group or class that begins at ``start``."""
    opening, closing = ("(", ")") if pattern[start] == "(" else ("[", "]")
    depth = 0
    for part in PART.finditer(pattern, start):
        depth += (part[0] == opening) - (part[0] == closing)
        if depth == 0:
            return part.end()
    raise ValueError(f"{pattern!r} has no {closing!r} for the {opening!r} at {start}.")


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True

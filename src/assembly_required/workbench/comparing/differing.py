"""The difference of two texts, as blocks of lines that stand next to each other."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from markupsafe import Markup, escape

AROUND = 3
"""Equal lines that are shown before and after a difference."""

MOST = 600
"""Lines of a difference that are shown."""

LONGEST = 400
"""Characters of a line up to which the differing words are marked."""

EMPTY = Markup()

WORD = re.compile(r"\w+|\W")

ALIKE = 0.5
"""How alike two lines have to be for that, from 0 to 1."""


@dataclass(frozen=True)
class Block:
    """Some lines.

    :param kind: ``equal``: both sides have them, and ``left`` shows them; ``skipped``: as well, but they are only
        counted; ``changed``: each side has other lines, or none; ``rest``: what follows is too much to show.
    :param count: how many lines.
    """

    kind: Literal["equal", "skipped", "changed", "rest"]
    left: Markup = EMPTY
    right: Markup = EMPTY
    count: int = 0


def compare_lines(left: Sequence[str], right: Sequence[str]) -> list[Block]:
    """Return the difference of two texts; empty if they are equal."""
    if left == right:
        return []
    blocks: list[Block] = []
    shown = 0
    codes = SequenceMatcher(None, left, right).get_opcodes()
    for number, (kind, start, end, other_start, other_end) in enumerate(codes):
        if kind == "equal":
            blocks += shorten(left[start:end], is_first=number == 0, is_last=number == len(codes) - 1)
            continue
        ours, theirs, room = left[start:end], right[other_start:other_end], MOST - shown
        blocks.append(change(ours[:room], theirs[:room]))
        shown += max(len(ours), len(theirs))
        rest = max(len(left) - start, len(right) - other_start) - room
        if shown >= MOST and rest > 0:
            return [*blocks, Block("rest", count=rest)]
    return blocks


def shorten(lines: Sequence[str], *, is_first: bool, is_last: bool) -> Iterator[Block]:
    """Yield equal lines as blocks: those next to a difference are shown, the others are counted."""
    before, after = (0 if is_first else AROUND), (0 if is_last else AROUND)
    hidden = len(lines) - before - after
    if hidden <= 1:
        yield Block("equal", join(lines), count=len(lines))
        return
    if before:
        yield Block("equal", join(lines[:before]), count=before)
    yield Block("skipped", count=hidden)
    if after:
        yield Block("equal", join(lines[-after:]), count=after)


def change(left: Sequence[str], right: Sequence[str]) -> Block:
    """Make a block of lines that differ. If both sides have as many, the words that differ are marked."""
    count = max(len(left), len(right))
    if len(left) != len(right):
        return Block("changed", join(left), join(right), count)
    marked = [mark_words(one, other) for one, other in zip(left, right, strict=True)]
    lefts, rights = zip(*marked, strict=True)
    return Block("changed", Markup("\n").join(lefts), Markup("\n").join(rights), count)


def mark_words(left: str, right: str) -> tuple[Markup, Markup]:
    """Mark where two lines differ.

    >>> mark_words("a = 1", "a = 2")
    (Markup('a = <mark>1</mark>'), Markup('a = <mark>2</mark>'))
    """
    words, others = WORD.findall(left), WORD.findall(right)
    matcher = SequenceMatcher(None, words, others, autojunk=False)
    if max(len(left), len(right)) > LONGEST or matcher.ratio() < ALIKE:
        return escape(left), escape(right)
    ours, theirs = Markup(), Markup()
    for kind, start, end, other_start, other_end in matcher.get_opcodes():
        ours += mark("".join(words[start:end]), kind)
        theirs += mark("".join(others[other_start:other_end]), kind)
    return ours, theirs


def mark(text: str, kind: str) -> Markup:
    """Mark a part of a line, unless both sides have it."""
    return escape(text) if kind == "equal" or not text else Markup("<mark>{}</mark>").format(text)


def join(lines: Sequence[str]) -> Markup:
    """Join lines to HTML."""
    return Markup("\n").join(lines)

"""Put what belongs together into one row."""

from collections import defaultdict, deque
from collections.abc import Callable, Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import TypeVar

Thing = TypeVar("Thing")

Pair = tuple[Thing | None, Thing | None]
"""Something of the left and of the right side; ``None`` for a side that has nothing like it."""


def align(left: Sequence[Thing], right: Sequence[Thing], name: Callable[[Thing], Hashable]) -> Iterator[Pair[Thing]]:
    """Pair things of the same name, and keep the order of both sides.

    >>> list(align("abd", "acd", str))
    [('a', 'a'), ('b', None), (None, 'c'), ('d', 'd')]
    """
    ours, theirs = [name(each) for each in left], [name(each) for each in right]
    for kind, start, end, other_start, other_end in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from zip(left[start:end], right[other_start:other_end], strict=True)
        else:
            yield from ((each, None) for each in left[start:end])
            yield from ((None, each) for each in right[other_start:other_end])


def match(left: Sequence[Thing], right: Sequence[Thing], name: Callable[[Thing], Hashable]) -> Iterator[Pair[Thing]]:
    """Pair things of the same name in the order of the left side. Those of the right side alone come last.

    >>> list(match("abd", "dca", str))
    [('a', 'a'), ('b', None), ('d', 'd'), (None, 'c')]
    """
    waiting: dict[Hashable, deque[int]] = defaultdict(deque)
    for number, each in enumerate(right):
        waiting[name(each)].append(number)
    for each in left:
        found = waiting[name(each)]
        yield each, right[found.popleft()] if found else None
    yield from ((None, right[number]) for number in sorted(number for found in waiting.values() for number in found))

"""A small set of stacks in which every two options that fit together occur at least once.

Testing all combinations would mean thousands of stacks, and most faults of a combination come from two options. A fault
that needs three options is found only by chance.

Each step draws random stacks around a missing pair and keeps the one that adds the most pairs. The fixed seed makes the
result the same each time. (allpairspy omits pairs that fit when some pairs do not.)
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, islice, product
from random import Random

Stack = Mapping[str, str]
Pair = frozenset[tuple[str, str]]

CANDIDATES, ATTEMPTS = 40, 400


def cover(options: Mapping[str, Sequence[str]], fits: Callable[[Stack], bool]) -> list[Stack]:
    """Return stacks that contain every pair of options that fits into a stack.

    :param options: the options of each slot.
    :param fits: returns whether the options of a stack fit together.

    >>> stacks = cover({"a": "12", "b": "12", "c": "12"}, lambda stack: stack["a"] != stack["b"])
    >>> len(stacks), all(stack["a"] != stack["b"] for stack in stacks)
    (4, True)
    """
    random = Random(1)  # noqa: S311 - not used for secrets
    missing: dict[Pair, None] = dict.fromkeys(
        frozenset(((one, mine), (other, its)))
        for one, other in combinations(options, 2)
        for mine, its in product(options[one], options[other])
    )
    stacks: list[Stack] = []
    while missing:
        pair = next(iter(missing))
        candidates = _around(pair, options, fits, random)
        if candidates:
            best = max(candidates, key=lambda stack: len(pairs(stack) & missing.keys()))
            stacks.append(best)
            met = pairs(best)
            missing = dict.fromkeys(each for each in missing if each not in met)
        missing.pop(pair, None)
    return stacks


def pairs(stack: Stack) -> set[Pair]:
    """Return all pairs of options in a stack, with their slots."""
    return {frozenset(pair) for pair in combinations(stack.items(), 2)}


def _around(
    pair: Pair, options: Mapping[str, Sequence[str]], fits: Callable[[Stack], bool], random: Random
) -> list[Stack]:
    """Draw random stacks that contain a pair. The list is empty if no such stack fits."""
    drawn: Iterator[Stack] = (
        {slot: random.choice(names) for slot, names in options.items()} | dict(pair) for _ in range(ATTEMPTS)
    )
    return [*islice(filter(fits, drawn), CANDIDATES)]

"""Stacks in which every two options that fit together meet at least once.

*In Django* there is one stack, and the test matrix is of versions and databases.

*Here* all stacks would be thousands. Most faults of a combination are faults of two of its parts, and few stacks hold
all pairs: each is the one, among some drawn at random around a pair that is still missing, that adds the most pairs. A
fixed seed draws the same stacks each time. (allpairspy leaves out pairs that fit when some do not.)

*What it costs*: a fault that needs three options is found by chance.

*Next*: :mod:`assembly_required.contract.people`.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import combinations, product
from random import Random

Stack = Mapping[str, str]
Pair = frozenset[tuple[str, str]]

CANDIDATES, ATTEMPTS = 40, 400


def cover(options: Mapping[str, Sequence[str]], fits: Callable[[Stack], bool]) -> list[Stack]:
    """Stacks that hold every pair of options that any stack can hold.

    :param options: for each slot its options.
    :param fits: whether a whole stack fits together.

    >>> found = cover({"a": "12", "b": "12", "c": "12"}, lambda stack: stack["a"] != stack["b"])
    >>> len(found), all(stack["a"] != stack["b"] for stack in found)
    (4, True)
    """
    random = Random(1)  # noqa: S311 - nothing is secret
    missing: dict[Pair, None] = dict.fromkeys(
        frozenset(((one, mine), (other, its)))
        for one, other in combinations(options, 2)
        for mine, its in product(options[one], options[other])
    )
    found: list[Stack] = []
    while missing:
        pair = next(iter(missing))
        candidates = _around(pair, options, fits, random)
        if candidates:
            best = max(candidates, key=lambda stack: len(pairs(stack) & missing.keys()))
            found.append(best)
            missing = dict.fromkeys(each for each in missing if each not in pairs(best))
        missing.pop(pair, None)
    return found


def pairs(stack: Stack) -> set[Pair]:
    """Each two options of a stack, with their slots."""
    return {frozenset(pair) for pair in combinations(stack.items(), 2)}


def _around(
    pair: Pair, options: Mapping[str, Sequence[str]], fits: Callable[[Stack], bool], random: Random
) -> list[Stack]:
    """Some stacks with these two options; none, if no stack has them."""
    drawn: Iterator[Stack] = (
        {slot: random.choice(names) for slot, names in options.items()} | dict(pair) for _ in range(ATTEMPTS)
    )
    return [stack for stack in drawn if fits(stack)][:CANDIDATES]

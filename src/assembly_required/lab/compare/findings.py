"""What follows from the figures: rules that turn results into sentences.

A rule has a name, the condition under which it speaks, and a function that yields its sentences. It sees only the JSON
values of :mod:`.results`. A ratio that the control does not exceed is never called a difference.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

Results = dict[str, Any]
Found = tuple[str, list[str]]
"""A sentence, and the names of the candidates that it is about."""

PARTS = {
    "sql": "the database driver",
    "orm": "the ORM",
    "serialization": "validation and serialization",
    "framework": "the framework",
    "ours": "the application's own code",
}


MANY = 12
"""Sentences that list candidates list no changed options if there are more candidates than this."""

NOISY = 0.05
"""How far the control may differ before a run is called noisy."""


@dataclass(frozen=True)
class Rule:
    """A rule.

    :param name: its name.
    :param condition: when it yields a sentence.
    :param find: yields sentences.
    """

    name: str
    condition: str
    find: Callable[[Results], Iterator[Found]]


def find(results: Results) -> list[dict[str, Any]]:
    """Return what all rules find in some results."""
    return [
        {"rule": rule.name, "condition": rule.condition, "sentence": sentence, "candidates": names}
        for rule in RULES
        for sentence, names in rule.find(results)
    ]


def find_parts(results: Results) -> Iterator[Found]:
    """Say for each part of a request where it costs more than the others."""
    rows = [each for each in select_few(results) if each["shares"]]
    for part, name in PARTS.items():
        largest = [each for each in rows if max(each["shares"].values()) == each["shares"][part]]
        if largest:
            listed = join(f"{label(each)} ({each['shares'][part]:.0%})" for each in largest)
            yield f"Of a list request, {name} takes the largest part of the CPU time in {listed}.", names(largest)


def find_most_to_gain(results: Results) -> Iterator[Found]:
    """Say how much another option of a slot can save at most in the reference."""
    row = results["candidates"][0]
    if row["shares"] and row["shares"]["orm"] and row["kind"] == "stack":
        orm, serialization = row["shares"]["orm"] + row["shares"]["sql"], row["shares"]["serialization"]
        yield (
            f"In {label(row)}, another option of orm can save at most {orm:.0%} of the CPU time of a list, another "
            f"option of validation at most {serialization:.0%}.",
            names([row]),
        )


def find_choices(results: Results) -> Iterator[Found]:
    """Say what each changed option does to all requests and to a list."""
    for row in select(results, "choice"):
        if row["requests"] and is_measurable(results, row["requests"]):
            yield (
                f"{label(row)} takes {times(row['requests'])} the CPU time of {results['reference']}, all requests "
                f"together; a list takes {times(row['endpoints']['list'])}.",
                names([row]),
            )


def find_equal(results: Results) -> Iterator[Found]:
    """Name the candidates that the control cannot tell from the reference."""
    rows = select(results, "stack", "choice", "peer")
    equal = [each for each in rows[1:] if each["requests"] and not is_measurable(results, each["requests"])]
    if equal:
        yield (
            f"There is no measurable difference in CPU time between {results['reference']} and "
            f"{join(label(each) for each in equal)}, all requests together.",
            names(equal),
        )


def find_peers(results: Results) -> Iterator[Found]:
    """Compare the stacks with each peer on a list."""
    for peer in select(results, "peer"):
        compared = [each for each in select_few(results) if each["kind"] != "peer"]
        rows = [each for each in compared if peer["name"] in each["compared_with"]]
        if rows:
            listed = join(
                f"{label(each)} takes {times(each['compared_with'][peer['name']]['endpoints']['list'])}"
                for each in rows
            )
            yield f"Compared with the CPU time of a list on {peer['name']}, {listed}.", names([peer, *rows])


def find_slower(results: Results) -> Iterator[Found]:
    """Name the endpoints on which a stack is slower than a peer."""
    for row in select(results, "stack"):
        for other in row["compared_with"]:
            if other.startswith("peer="):
                found = row["compared_with"][other]["endpoints"]
                slower = [name for name, ratio in found.items() if is_slower(results, name, ratio)]
                if slower:
                    listed = join(f"{name} ({times(found[name])})" for name in slower)
                    yield f"{label(row)} is slower than {other} on {listed}.", [row["name"], other]


def find_slots(results: Results) -> Iterator[Found]:
    """Say what the slots cost."""
    for row in select(results, "stack"):
        by_hand = row["compared_with"].get(f"{row['name']} by hand")
        if by_hand:
            ratio = by_hand["requests"]
            cost = (
                f"take {times(ratio)} the CPU time of"
                if is_measurable(results, ratio)
                else "take no measurable time more than"
            )
            yield (
                f"The slots: the requests of {label(row)} {cost} the same packages without slots.",
                [row["name"], f"{row['name']} by hand"],
            )


def find_noise(results: Results) -> Iterator[Found]:
    """Say that a run is too noisy for small differences."""
    noise = find_limit(results)
    if noise > NOISY:
        yield (
            f"The control differs from {results['reference']} by up to {noise:.0%}, so smaller differences do not "
            "show. Repeat the run while nothing else runs on this machine, or with more --rounds.",
            names(select(results, "control")),
        )


RULES = (
    Rule("largest part", "the samples of a list request were counted", find_parts),
    Rule("most to gain", "the reference is a stack with an ORM, and its samples were counted", find_most_to_gain),
    Rule("changed option", "one slot was changed, and the ratio exceeds that of the control", find_choices),
    Rule("compared with a peer", "a peer and a stack were timed", find_peers),
    Rule("slower than a peer", "a stack takes more time than a peer, by more than the control", find_slower),
    Rule("cost of the slots", "a stack and the same requests by hand were timed", find_slots),
    Rule("no measurable difference", "the ratio to the reference does not exceed that of the control", find_equal),
    Rule("busy machine", "the control differs by more than a twentieth", find_noise),
)


def is_measurable(results: Results, ratio: dict[str, float], endpoint: str | None = None) -> bool:
    """Return whether a ratio differs from 1 by more than the control does, and its middle half leaves 1 out."""
    return abs(ratio["ratio"] - 1) > find_limit(results, endpoint) and not ratio["low"] <= 1 <= ratio["high"]


def find_limit(results: Results, endpoint: str | None = None) -> float:
    """Return how far the middle half of the control is from 1, on one endpoint or all requests together."""
    (control,) = select(results, "control")
    same = control["endpoints"][endpoint] if endpoint else control["requests"]
    return float(max(abs(same["low"] - 1), abs(same["high"] - 1)))


def is_slower(results: Results, endpoint: str, ratio: dict[str, float]) -> bool:
    """Return whether a ratio shows more time, and not only noise."""
    return ratio["ratio"] > 1 and is_measurable(results, ratio, endpoint)


def select(results: Results, *kinds: str) -> list[dict[str, Any]]:
    """Return the candidates of some kinds."""
    return [each for each in results["candidates"] if each["kind"] in kinds]


def select_few(results: Results) -> list[dict[str, Any]]:
    """Return the stacks, the changed options and the peers; without the changed options if there are many."""
    rows = select(results, "stack", "choice", "peer")
    return rows if len(rows) <= MANY else select(results, "stack", "peer")


def label(row: dict[str, Any]) -> str:
    """Return the name of a candidate, and whether it is tuned."""
    return f"{row['name']} (tuned)" if row["tuned"] else str(row["name"])


def names(rows: Sequence[dict[str, Any]]) -> list[str]:
    """Return the names of candidates."""
    return [each["name"] for each in rows]


def times(ratio: dict[str, float]) -> str:
    """Format a ratio with the middle half of its rounds.

    >>> times({"ratio": 0.361, "low": 0.355, "high": 0.372})
    '0.36 times (0.35 to 0.37)'
    """
    return f"{ratio['ratio']:.2f} times ({ratio['low']:.2f} to {ratio['high']:.2f})"


def join(words: Iterator[str]) -> str:
    """Join words as a list in a sentence.

    >>> join(iter(["a", "b", "c"]))
    'a, b and c'
    """
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last

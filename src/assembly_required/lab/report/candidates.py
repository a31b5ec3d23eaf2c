"""Read the candidates of a result."""

from collections.abc import Iterator, Mapping
from typing import Any

Candidate = Mapping[str, Any]

LIST = "list"
"""The request that stands for all where there is room for one: the list of articles, without a token."""


def list_kinds(result: Mapping[str, Any], *kinds: str) -> list[Candidate]:
    """List the candidates of some kinds, in the order of the kinds."""
    return [each for kind in kinds for each in result["candidates"] if each["kind"] == kind]


def find_candidate(result: Mapping[str, Any], name: str) -> Candidate | None:
    """Find a candidate by its name."""
    return next((each for each in result["candidates"] if each["name"] == name), None)


def list_notes(candidate: Candidate, reference: str) -> tuple[str, ...]:
    """List the words beside the name of a candidate."""
    return tuple(_describe(candidate, reference))


def _describe(candidate: Candidate, reference: str) -> Iterator[str]:
    if candidate["name"] == reference:
        yield "the reference"
    if candidate["kind"] not in ("stack", "choice", candidate["name"].partition("=")[0]):
        yield candidate["kind"]
    if candidate.get("tuned"):
        yield "tuned"


def get_timing(candidate: Candidate, endpoint: str) -> Mapping[str, Any] | None:
    """Return the timing of a candidate for a request, or ``None`` if there is none."""
    timing: Mapping[str, Any] | None = candidate["endpoints"].get(endpoint)
    return timing


def is_noise(candidate: Candidate, endpoint: str, result: Mapping[str, Any]) -> bool:
    """Check whether a difference from the reference is as small as that of the control, the reference run twice.

    It is if the middle half of its ratios and that of the control have a value in common. Without a control there is no
    way to tell, and it counts as a difference.
    """
    timing = get_timing(candidate, endpoint)
    controls = [get_timing(each, endpoint) for each in list_kinds(result, "control")]
    if candidate["name"] == result["reference"] or timing is None:
        return False
    return any(each and each["low"] <= timing["high"] and timing["low"] <= each["high"] for each in controls)

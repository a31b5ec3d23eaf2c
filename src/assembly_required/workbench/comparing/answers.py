"""Compare the responses of both sides: what differs, apart from what differs each time."""

import json
import re
from difflib import unified_diff
from typing import Any

from ..recording.recorder import Recording
from .running import Result

LONGEST = 400
"""Lines of a difference that are shown."""

VARYING = ("Date", "Content-Length", "Set-Cookie", "Server-Timing", "Link", "Vary")
"""Headers that are not compared, because they differ each time or follow from the body and the session."""

TOKEN = re.compile(r'(name="csrf(?:_token|middlewaretoken)"[^>]*?value=")[^"]*')
INSTANT = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[.\d]*Z")
SECRET = re.compile(r'("token": ")[^"]*')


def read_lines(result: Result) -> list[str]:
    """Return the body as lines to compare: JSON indented, without what differs each time.

    These are CSRF tokens, tokens of the API, and moments since the request began.
    """
    begun = f"{result.recording.at:%Y-%m-%dT%H:%M:%S}"
    kind = result.headers.get("Content-Type", "")
    try:
        text = result.content.decode()
    except UnicodeDecodeError:
        return [f"{len(result.content):,} bytes that are no text"]
    if "json" in kind:
        try:
            text = json.dumps(json.loads(text), indent=2, ensure_ascii=False)
        except ValueError:
            return text.splitlines()
    text = INSTANT.sub(lambda moment: "now" if moment[0] >= begun else moment[0], text)
    return SECRET.sub(r"\1...", TOKEN.sub(r"\1...", text)).splitlines()


def diff_bodies(left: Result, right: Result) -> list[str]:
    """Return the lines of a unified diff of the bodies; empty if they are equal."""
    lines = list(unified_diff(read_lines(left), read_lines(right), "left", "right", lineterm=""))
    more = len(lines) - LONGEST
    return [*lines[:LONGEST], f"... and {more} more lines"] if more > 0 else lines


def diff_headers(left: Result, right: Result) -> list[tuple[str, str, str]]:
    """Return the name and both values of each header that differs."""
    names = dict.fromkeys(name.title() for name in [*left.headers.keys(), *right.headers.keys()])
    values = [(name, left.headers.get(name, ""), right.headers.get(name, "")) for name in names if is_compared(name)]
    return [(name, one, other) for name, one, other in values if one != other]


def is_compared(name: str) -> bool:
    """Check whether a header is compared."""
    return name not in VARYING


def sum_phases(left: Recording, right: Recording) -> list[tuple[str, float | None, float | None]]:
    """Return each kind of step with the milliseconds of both sides; ``None`` where a side has no such step."""
    sums = [sum_kinds(each) for each in (left, right)]
    return [(kind, sums[0].get(kind), sums[1].get(kind)) for kind in dict.fromkeys([*sums[0], *sums[1]])]


def sum_kinds(recording: Recording) -> dict[str, float]:
    """Add up the time of the steps of each kind. A step inside of one of its own kind counts once."""
    sums: dict[str, float] = {}
    for index, step in enumerate(recording.steps):
        if step.kind not in {each.kind for each in find_around(recording, index)}:
            sums[step.kind] = sums.get(step.kind, 0.0) + step.duration
    return sums


def find_around(recording: Recording, index: int) -> list[Any]:
    """Find the steps that a step is inside of."""
    around, depth = [], recording.steps[index].depth
    for step in reversed(recording.steps[:index]):
        if step.depth < depth:
            around.append(step)
            depth = step.depth
    return around

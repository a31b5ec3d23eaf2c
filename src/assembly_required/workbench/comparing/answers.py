"""Compare the responses of both sides."""

from dataclasses import dataclass

from werkzeug.datastructures import Headers

from ..recording.masking import mask_headers
from .differing import Block, compare_lines
from .running import Result
from .texts import list_ignored, read_text

VARYING = {
    "content-length": "it follows from the body",
    "date": "the time of the answer",
    "etag": "it follows from the body",
    "server-timing": "times differ each time",
}
"""Headers that are not compared, with the reason. Of cookies only the names are compared: their values are hidden."""


@dataclass(frozen=True)
class Answers:
    """What differs between two responses.

    :param headers: the name of each header that differs, with its value on both sides; empty for none.
    :param is_same: whether the bodies are the same bytes.
    :param blocks: the lines of the bodies that differ; empty if they are equal.
    :param ignored: what was not compared.
    :param notes: what else to know about the bodies.
    """

    headers: list[tuple[str, str, str]]
    is_same: bool
    blocks: list[Block]
    ignored: list[str]
    notes: list[str]

    @property
    def are_equal(self) -> bool:
        """Whether the bodies are equal, apart from what was not compared."""
        return self.is_same or not (self.blocks or self.notes)


def compare_answers(left: Result, right: Result) -> Answers:
    """Compare two responses."""
    one, other = read_text(left), read_text(right)
    is_same = left.content == right.content
    blocks = [] if is_same else compare_lines(one.lines, other.lines)
    notes = list(dict.fromkeys(filter(None, (one.note, other.note))))
    return Answers(compare_headers(left.headers, right.headers), is_same, blocks, [*list_ignored(one, other)], notes)


def compare_headers(left: Headers, right: Headers) -> list[tuple[str, str, str]]:
    """Return the name and both values of each header that differs. Secret values are hidden."""
    ours, theirs = read_headers(left), read_headers(right)
    rows = [(name, ours.get(name, ""), theirs.get(name, "")) for name in sorted({*ours, *theirs})]
    return [(name, one, other) for name, one, other in rows if one != other]


def read_headers(headers: Headers) -> dict[str, str]:
    """Return the headers to compare. Several of one name are joined."""
    found: dict[str, list[str]] = {}
    for name, value in mask_headers(headers):
        if name.lower() not in VARYING:
            found.setdefault(name.title(), []).append(value)
    return {name: ", ".join(sorted(values)) for name, values in found.items()}

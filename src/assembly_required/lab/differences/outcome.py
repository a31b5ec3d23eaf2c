"""The outcome of one input: it is accepted, refused, or ends in an unexpected exception.

Two refusals count as different if their texts differ in any character.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from werkzeug.test import TestResponse

from .inputs import ON_THE_WIRE
from .table import Cell, Row

Verdict = Literal["accepts", "refuses", "fails"]


@dataclass(frozen=True)
class Outcome:
    """The outcome of one input.

    :param verdict: ``accepts``, ``refuses`` or ``fails``.
    :param text: the loaded value, the errors or the exception, as readable text.
    :param raw: the same as JSON values, unchanged.
    """

    verdict: Verdict
    text: str
    raw: Any

    @property
    def cell(self) -> Cell:
        """The outcome as a table cell."""
        return Cell(self.text, self.verdict, self.raw)


def accept(loaded: Any, field: str) -> Outcome:
    """Return the outcome of an accepted input, with the loaded value of ``field``.

    The value is looked up by its Python name and by its JSON name.

    >>> accept({"article": {"title": "1"}}, "title").text, accept({"article": {}}, "slug").text
    ("'1'", 'left out')
    """
    inside = next((each for each in loaded.values() if isinstance(each, Mapping)), loaded)
    kept = [repr(inside[name]) for name in (field, ON_THE_WIRE.get(field)) if name in inside]
    return Outcome("accepts", kept[0] if kept else "left out", loaded)


def fail(error: Exception) -> Outcome:
    """Return the outcome of an input that raised an unexpected exception."""
    text = f"{type(error).__name__}: {error}"
    return Outcome("fails", text, text)


def read_response(response: TestResponse) -> Outcome:
    """Return the outcome of an HTTP response."""
    text = f"{response.status_code} {response.mimetype} {' '.join(response.text.split())}".strip()
    raw = {"status": response.status_code, "headers": dict(response.headers), "body": response.text}
    if response.status_code < 300:
        return Outcome("accepts", str(response.status_code), raw)
    return Outcome("refuses" if response.status_code < 500 else "fails", text, raw)


def find_difference(answers: Iterable[Outcome]) -> str:
    """Return how outcomes differ: ``verdict``, ``words`` or an empty string.

    >>> find_difference([Outcome("refuses", "No.", None), Outcome("refuses", "No!", None)])
    'words'
    """
    answers = list(answers)
    if len({each.verdict for each in answers}) > 1:
        return "verdict"
    return "words" if len({each.text for each in answers}) > 1 else ""


def flatten(nested: Any, *path: str) -> list[str]:
    """Return one line for each message in nested dictionaries and lists.

    >>> flatten({"article": {"title": ["Too long.", "Too dull."], "tags": {1: ["Blank."]}}})
    ['article.title: Too long.', 'article.title: Too dull.', 'article.tags.1: Blank.']
    """
    if isinstance(nested, dict):
        return [line for key, each in nested.items() for line in flatten(each, *path, str(key))]
    if isinstance(nested, list):
        return [line for each in nested for line in flatten(each, *path)]
    return [f"{'.'.join(path)}: {nested}" if path else str(nested)]


def build_row(name: str, detail: str, alone: Mapping[str, Mapping[str, Outcome]]) -> Row:
    """Create the table row for one input.

    :param alone: the outcomes of each option, by the names of the inputs.
    """
    outcomes = {option: outcomes[name] for option, outcomes in alone.items()}
    cells = {option: outcome.cell for option, outcome in outcomes.items()}
    return Row(name, cells, detail, find_difference(outcomes.values()))

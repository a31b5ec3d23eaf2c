"""What somebody answered to an input: he took it, refused it, or broke.

*In Django* the test client raises what a view raises, or gives its response.

*Here* three kinds of answers, made comparable: what was made of an input that was taken, the words of a refusal, the
exception that would become a 500.

*What it costs*: two refusals that mean the same count as different where one letter differs. To a client they are.

*Next*: :mod:`assembly_required.lab.differences.inputs`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from werkzeug.test import TestResponse

from .inputs import ON_THE_WIRE
from .table import Cell

Verdict = Literal["accepts", "refuses", "fails"]


@dataclass(frozen=True)
class Said:
    """An answer.

    :param verdict: whether the input was taken.
    :param text: what was made of it, or the mistakes, or the exception.
    :param raw: the same as it came, in JSON values.
    """

    verdict: Verdict
    text: str
    raw: Any

    @property
    def cell(self) -> Cell:
        """The answer in a table."""
        return Cell(self.text, self.verdict, self.raw)


def took(loaded: Any, field: str) -> Said:
    """An input was taken; what became of the field that it is about, by its name in Python or on the wire.

    >>> took({"article": {"title": "1"}}, "title").text, took({"article": {}}, "slug").text
    ("'1'", 'without it')
    """
    inside = next((each for each in loaded.values() if isinstance(each, Mapping)), loaded)
    kept = [repr(inside[name]) for name in (field, ON_THE_WIRE.get(field)) if name in inside]
    return Said("accepts", kept[0] if kept else "without it", loaded)


def broke(error: Exception) -> Said:
    """An input was not foreseen."""
    text = f"{type(error).__name__}: {error}"
    return Said("fails", text, text)


def answered(response: TestResponse) -> Said:
    """What somebody answered over HTTP."""
    text = f"{response.status_code} {response.mimetype} {' '.join(response.text.split())}".strip()
    raw = {"status": response.status_code, "headers": dict(response.headers), "body": response.text}
    if response.status_code < 300:
        return Said("accepts", str(response.status_code), raw)
    return Said("refuses" if response.status_code < 500 else "fails", text, raw)


def in_what(answers: Iterable[Said]) -> str:
    """In what some answers differ, if they do.

    >>> in_what([Said("refuses", "No.", None), Said("refuses", "No!", None)])
    'words'
    """
    answers = list(answers)
    if len({each.verdict for each in answers}) > 1:
        return "verdict"
    return "words" if len({each.text for each in answers}) > 1 else ""


def paths(nested: Any, *path: str) -> list[str]:
    """A line for each message in dictionaries of dictionaries of lists.

    >>> paths({"article": {"title": ["Too long.", "Too dull."], "tags": {1: ["Blank."]}}})
    ['article.title: Too long.', 'article.title: Too dull.', 'article.tags.1: Blank.']
    """
    if isinstance(nested, dict):
        return [line for key, each in nested.items() for line in paths(each, *path, str(key))]
    if isinstance(nested, list):
        return [line for each in nested for line in paths(each, *path)]
    return [f"{'.'.join(path)}: {nested}" if path else str(nested)]

"""What shows that a rule is true: measured figures, tests, and sentences of the table of slots."""

from collections.abc import Iterator, Mapping
from typing import Any

from ...reader.figures import find_figure
from ...stack.slots import SLOTS
from .rules import Rule

Evidence = dict[str, Any]


def list_evidence(rule: Rule, results: Mapping[str, Any]) -> list[Evidence]:
    """List the evidence of a rule as JSON values: a kind and its values.

    :raises assembly_required.reader.figures.NoFigure: a figure is not in the results.
    """
    measured = [{"kind": "figure", "path": path, "value": find_figure(results, path)} for path in rule.figures]
    return [*measured, *(each for text in rule.evidence for each in read_evidence(text))]


def read_evidence(text: str) -> Iterator[Evidence]:
    """Read what a rule names.

    >>> [each["sentence"] for each in read_evidence("cannot:docs_ui=redoc")]
    ['Operations cannot be tried out on the page.']
    """
    kind, _, choice = text.partition(":")
    if kind not in ("cannot", "needs"):
        yield {"kind": "test", "test": text}
        return
    slot, _, name = choice.partition("=")
    option = SLOTS[slot].option(name)
    for sentence in option.cannot if kind == "cannot" else [need.because for need in option.needs]:
        yield {"kind": kind, "option": choice, "sentence": sentence}

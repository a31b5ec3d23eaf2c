"""Read the questions and the rules."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from ...reader.figures import NoFigure, fill, find_figure, list_paths

FOLDER = Path(__file__).parent

FRAMEWORKS = {"django": "Django", "flask": "Flask", "fastapi": "FastAPI"}

CANDIDATES = {"django": "peer=django", "flask": "classic", "fastapi": "peer=fastapi"}
"""The candidates in the results that stand for the frameworks."""

Answers = Mapping[str, str]
"""The choice for every question."""


@dataclass(frozen=True)
class Question:
    """A question.

    :param choices: one line about each choice.
    :param open: the choice of those who have no preference.
    """

    text: str
    open: str
    choices: Mapping[str, str] = field(hash=False)


@dataclass(frozen=True)
class Claim:
    """A statement about figures: one is below another, or below a number, multiplied by ``times``."""

    figure: str
    below: str | float
    times: float = 1.0

    def is_true(self, results: Mapping[str, Any]) -> bool:
        """Return whether the results show it. If a figure is missing, they do not."""
        try:
            limit = find_figure(results, self.below) if isinstance(self.below, str) else self.below
            return bool(find_figure(results, self.figure) < limit * self.times)
        except NoFigure:
            return False

    @property
    def paths(self) -> list[str]:
        """The figures that it compares."""
        return [self.figure, *([self.below] if isinstance(self.below, str) else [])]


@dataclass(frozen=True)
class Rule:
    """A rule. It applies if the answers are among those of ``when`` and the figures show its claims.

    :param sentence: the reason, with placeholders for figures.
    :param when: the choices of a question for which it applies.
    :param claims: what the figures must show.
    :param points: what it weighs for a framework (``django``) or for an option (``validation=pydantic``).
    :param rules_out: the frameworks that cannot be chosen.
    :param evidence: tests (``tests/...py::name``) and sentences of the table of slots (``cannot:admin=flask_admin``,
        ``needs:docs=spectree``) that show it, besides the figures.
    """

    sentence: str
    when: Mapping[str, tuple[str, ...]] = field(default_factory=dict, hash=False)
    claims: tuple[Claim, ...] = ()
    points: Mapping[str, int] = field(default_factory=dict, hash=False)
    rules_out: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()

    @property
    def figures(self) -> list[str]:
        """The paths of all figures that it uses."""
        return list(dict.fromkeys([*list_paths(self.sentence), *(path for each in self.claims for path in each.paths)]))

    def applies(self, answers: Answers, results: Mapping[str, Any]) -> bool:
        """Return whether it applies. If a figure of its sentence is missing, it does not."""
        if not all(answers[question] in choices for question, choices in self.when.items()):
            return False
        try:
            fill(self.sentence, results)
        except NoFigure:
            return False
        return all(claim.is_true(results) for claim in self.claims)


@cache
def read_questions(path: Path = FOLDER / "questions.toml") -> dict[str, Question]:
    """Read the questions, in the order in which they are asked."""
    return {name: Question(**values) for name, values in tomllib.loads(path.read_text(encoding="utf-8")).items()}


@cache
def read_rules(path: Path = FOLDER / "rules.toml") -> tuple[Rule, ...]:
    """Read the rules."""
    return tuple(map(read_rule, tomllib.loads(path.read_text(encoding="utf-8"))["rules"]))


def read_rule(values: dict[str, Any]) -> Rule:
    """Read one rule."""
    claims = tuple(Claim(**claim) for claim in values.pop("claims", ()))
    when = {question: tuple(choices) for question, choices in values.pop("when", {}).items()}
    rules_out, evidence = tuple(values.pop("rules_out", ())), tuple(values.pop("evidence", ()))
    return Rule(**values, claims=claims, when=when, rules_out=rules_out, evidence=evidence)

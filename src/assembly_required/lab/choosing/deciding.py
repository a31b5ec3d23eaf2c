"""Decide: add up the points of the rules that apply, and find what would have to be different."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

from ...reader.figures import NoFigure, find_figure
from .rules import CANDIDATES, FRAMEWORKS, Answers, Rule, read_questions, read_rules


class NoAnswer(ValueError):
    """Every framework is ruled out."""


@dataclass(frozen=True)
class Decision:
    """What follows from some answers.

    :param rules: the rules that apply.
    :param ranking: the frameworks that are not ruled out, each with its points; the best is first.
    """

    answers: Answers
    rules: Sequence[Rule]
    ranking: Mapping[str, int]

    @property
    def framework(self) -> str:
        """The answer."""
        return next(iter(self.ranking))

    @property
    def runner_up(self) -> str | None:
        """The second, if another one is possible."""
        return [*self.ranking, None][1]

    @property
    def is_tie(self) -> bool:
        """Whether the first two have the same points."""
        first, second = [*self.ranking.values(), None][:2]
        return first == second

    def list_reasons(self, name: str) -> list[Rule]:
        """List the rules with points for a framework or an option, those that weigh most first."""
        return sorted((rule for rule in self.rules if rule.points.get(name)), key=lambda rule: -abs(rule.points[name]))

    def list_vetoes(self) -> dict[str, list[Rule]]:
        """List the rules that rule out a framework, by framework."""
        found = {name: [rule for rule in self.rules if name in rule.rules_out] for name in FRAMEWORKS}
        return {name: rules for name, rules in found.items() if rules}

    def add_points(self, name: str) -> int:
        """Add up the points of a framework or an option."""
        return add_points(self.rules, name)


def decide(answers: Answers, results: Mapping[str, Any], without: Iterable[str] = ()) -> Decision:
    """Apply the rules.

    :param answers: a choice for every question.
    :param results: the kept results of ``flask compare``.
    :param without: frameworks that may not be chosen.
    :raises NoAnswer: no framework is left.
    """
    rules = [rule for rule in read_rules() if rule.applies(answers, results)]
    excluded = {*without, *(name for rule in rules for name in rule.rules_out)}
    points = {name: add_points(rules, name) for name in FRAMEWORKS if name not in excluded}
    if not points:
        raise NoAnswer("Every framework is ruled out.")
    order = sorted(points, key=lambda name: (-points[name], count_packages(name, results)))
    return Decision(answers, rules, {name: points[name] for name in order})


def add_points(rules: Iterable[Rule], name: str) -> int:
    """Add up the points of some rules for a framework or an option."""
    return sum(rule.points.get(name, 0) for rule in rules)


def count_packages(framework: str, results: Mapping[str, Any]) -> float:
    """Count the packages of a framework, which decides between equal points. If they are not known, it comes last."""
    try:
        return float(find_figure(results, f"candidates/{CANDIDATES[framework]}/packages"))
    except NoFigure:
        return float("inf")


def find_changes(decision: Decision, results: Mapping[str, Any], without: Iterable[str] = ()) -> list[dict[str, str]]:
    """Find which other answers would make the second the first: single ones, or else pairs.

    :returns: for each change the questions with their other choices.
    """
    without = list(without)
    for size in (1, 2):
        found = [
            change
            for change in list_other_answers(decision.answers, size)
            if wins({**decision.answers, **change}, decision.runner_up, results, without)
        ]
        if found:
            return found
    return []


def list_other_answers(answers: Answers, size: int) -> Iterator[dict[str, str]]:
    """List all ways to answer so many questions differently."""
    others = [
        (name, choice)
        for name, question in read_questions().items()
        for choice in question.choices
        if choice != answers[name]
    ]
    for chosen in combinations(others, size):
        if len({name for name, _ in chosen}) == size:
            yield dict(chosen)


def wins(answers: Answers, framework: str | None, results: Mapping[str, Any], without: Iterable[str]) -> bool:
    """Return whether a framework is the answer."""
    try:
        return decide(answers, results, without).framework == framework
    except NoAnswer:
        return False

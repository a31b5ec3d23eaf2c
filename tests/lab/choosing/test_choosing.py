"""The guide: its rules are supported by what exists, and its answers are those of an expert."""

import ast
import re
from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from itertools import product
from typing import Any

import pytest

from assembly_required.lab.choosing.composing import Stack, compose
from assembly_required.lab.choosing.deciding import Decision, NoAnswer, decide, find_changes
from assembly_required.lab.choosing.describing import describe
from assembly_required.lab.choosing.evidence import list_evidence, read_evidence
from assembly_required.lab.choosing.rules import FRAMEWORKS, Claim, Rule, read_questions, read_rules
from assembly_required.lab.health import list_packages
from assembly_required.lab.measured import read_measured
from assembly_required.lab.weight import PROJECT
from assembly_required.reader.figures import PLACEHOLDER, NoFigure, fill, find_figure
from assembly_required.stack.assembly import fits
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT

RESULTS = read_measured()
QUESTIONS = read_questions()
RULES = read_rules()
OPEN = {name: question.open for name, question in QUESTIONS.items()}

TOOL = {"serves": "site", "admin": "yes"}
MOBILE = {"serves": "api", "admin": "no", "types": "yes", "database": "postgresql"}
GATEWAY = {"serves": "api", "admin": "no", "waiting": "thousand"}

each_rule = pytest.mark.parametrize("rule", RULES, ids=[rule.sentence[:40] for rule in RULES])


def ask(results: Mapping[str, Any] = RESULTS, without: tuple[str, ...] = (), **answers: str) -> Decision:
    return decide({**OPEN, **answers}, results, without)


def list_all_answers() -> list[dict[str, str]]:
    return [dict(zip(QUESTIONS, choices, strict=True)) for choices in product(*(q.choices for q in QUESTIONS.values()))]


@pytest.fixture(scope="module")
def decided() -> dict[tuple[str, ...], tuple[Decision, Stack]]:
    """The decision and the Flask stack for every combination of answers."""
    decisions = [decide(answers, RESULTS) for answers in list_all_answers()]
    return {tuple(each.answers.values()): (each, compose(each, RESULTS)) for each in decisions}


def set_waiting(framework: str, connections: int, requests: float) -> dict[str, Any]:
    """Return results in which all ways of a framework answer so many requests per second."""
    results = deepcopy(RESULTS)
    for row in results["waiting"]:
        if row["way"].startswith(framework) and row["connections"] == connections:
            row["requests_per_second"] = requests
    return results


# What supports the rules


@each_rule
def test_a_figure_of_a_rule_was_measured(rule: Rule) -> None:
    for path in rule.figures:
        find_figure(RESULTS, path)
    assert list_evidence(rule, RESULTS), "nothing shows that it is true"


@each_rule
def test_a_test_that_a_rule_names_exists(rule: Rule) -> None:
    for text in rule.evidence:
        if text.startswith(("cannot:", "needs:")):
            assert [*read_evidence(text)], text
            continue
        path, _, name = text.partition("::")
        tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))
        assert name in {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}, text


@each_rule
def test_a_rule_is_about_questions_frameworks_and_options_that_exist(rule: Rule) -> None:
    assert all({*choices} <= {*QUESTIONS[name].choices} for name, choices in rule.when.items())
    options = {f"{slot.name}={option}" for slot in SLOTS.values() for option in slot.names}
    assert {*rule.points, *rule.rules_out} <= {*FRAMEWORKS, *options}
    assert rule.points or rule.rules_out
    assert "{" not in fill(rule.sentence, RESULTS)


@each_rule
def test_every_number_in_a_sentence_is_measured(rule: Rule) -> None:
    """What is not a figure is a number of connections, which the figures beside it name."""
    written = re.findall(r"[\d,.]*\d", PLACEHOLDER.sub("", rule.sentence))
    assert all(f"/{number.replace(',', '')}/" in rule.sentence for number in written), written


def test_without_a_figure_a_rule_does_not_apply() -> None:
    results = deepcopy(RESULTS)
    results["candidates"] = [each for each in results["candidates"] if each["name"] != "fast"]
    points = ask(results, performance="first").ranking["flask"]
    assert points < ask(performance="first").ranking["flask"]
    with pytest.raises(NoFigure, match="candidates/fast/packages"):
        find_figure(results, "candidates/fast/packages")
    assert not Claim("candidates/fast/packages", 1_000).is_true(results)


# The questions


def test_the_open_answer_is_a_choice() -> None:
    assert len(QUESTIONS) <= 8
    assert all(question.open in question.choices for question in QUESTIONS.values())


@pytest.mark.parametrize("name", QUESTIONS)
def test_every_choice_makes_a_difference(name: str, decided: dict[tuple[str, ...], tuple[Decision, Stack]]) -> None:
    at = [*QUESTIONS].index(name)
    outcomes: dict[str, list[Any]] = defaultdict(list)
    for answers, (decision, stack) in decided.items():
        reasons = [rule.sentence for rule in decision.rules]
        outcomes[answers[at]].append((decision.framework, stack.config, stack.server, reasons))
    assert len({str(outcome) for outcome in outcomes.values()}) == len(QUESTIONS[name].choices)


def test_every_stack_fits_and_can_be_installed(decided: dict[tuple[str, ...], tuple[Decision, Stack]]) -> None:
    installed = {extra: list_packages(extra) for extra in {x for _, stack in decided.values() for x in stack.extras}}
    assert all(installed.values()), PROJECT
    for _, stack in decided.values():
        assert stack.options.keys() == SLOTS.keys()
        assert fits(stack.options), stack.options


def test_every_framework_is_the_answer_to_something(decided: dict[tuple[str, ...], tuple[Decision, Stack]]) -> None:
    assert {decision.framework for decision, _ in decided.values()} == {*FRAMEWORKS}


# The answers


def test_an_internal_tool_with_an_admin_is_for_django() -> None:
    decision = ask(**TOOL)
    assert decision.framework == "django"
    assert not decision.is_tie
    assert "admin" in fill(decision.list_reasons("django")[0].sentence, RESULTS)
    assert ask(**TOOL, team="django").framework == "django"


def test_an_internal_tool_without_django_is_flask_with_flask_admin() -> None:
    decision = ask(**TOOL, without=("django",))
    assert decision.framework == "flask"
    assert compose(decision, RESULTS).options["admin"] == "flask_admin"
    assert decision.list_vetoes().keys() == {"fastapi"}


def test_a_json_api_with_type_hints_is_for_fastapi() -> None:
    decision = ask(**MOBILE)
    assert (decision.framework, decision.runner_up) == ("fastapi", "flask")
    options = compose(decision, RESULTS).options
    assert (options["validation"], options["docs"]) == ("pydantic", "spectree")
    assert {"performance": "first"} in find_changes(decision, RESULTS)


def test_a_json_api_for_which_speed_decides_is_the_fast_stack() -> None:
    decision = ask(**{**MOBILE, "types": "any"}, performance="first")
    assert decision.framework == "flask"
    assert compose(decision, RESULTS).config == ['STACK = "fast"', 'DATABASE_URL = "postgresql:///conduit"']


def test_a_gateway_that_waits_is_for_fastapi_with_async() -> None:
    found = describe(ask(**GATEWAY), RESULTS)
    assert found["answer"]["framework"] == "fastapi"
    assert found["answer"]["written_with"] == "async def"
    assert found["answer"]["source"].endswith("fastapi_async")
    client = find_figure(RESULTS, "waiting/FastAPI, async*/1000/way").rpartition(", ")[2]
    assert client in found["answer"]["packages"]


def test_postgresql_is_installed_created_and_used() -> None:
    flask = describe(ask(packages="flask", database="postgresql"), RESULTS)["answer"]
    assert 'DATABASE_URL = "postgresql:///conduit"' in flask["config"]
    assert flask["commands"][:2] == ["pip install -e '.[postgresql]'", "createdb conduit"]
    assert "FLASK_DATABASE_URL=postgresql:///conduit flask setup" in flask["commands"]
    django = describe(ask(database="postgresql"), RESULTS)["answer"]
    assert "'psycopg[binary,pool]'" in django["install"]
    assert "DATABASE_URL=postgresql:///conduit_django flask peers run django" in django["commands"]


@pytest.mark.parametrize(("waiting", "connections"), [("few", 16), ("hundreds", 256), ("thousand", 1_000)])
def test_the_numbers_decide_how_many_may_wait_on_flask(waiting: str, connections: int) -> None:
    as_many = find_figure(RESULTS, f"waiting/FastAPI, async*/{connections}/requests_per_second")
    keeps_up = ask(set_waiting("Flask", connections, as_many), serves="api", waiting=waiting)
    falls_back = ask(set_waiting("Flask", connections, as_many / 2), serves="api", waiting=waiting)
    assert keeps_up.add_points("flask") > falls_back.add_points("flask")
    assert falls_back.add_points("fastapi") > keeps_up.add_points("fastapi")
    assert falls_back.framework == "fastapi"


def test_a_gateway_on_flask_gets_the_server_that_was_best() -> None:
    stack = compose(ask(**GATEWAY, without=("fastapi", "django")), RESULTS)
    best = find_figure(RESULTS, "waiting/Flask*/1000/way")
    assert stack.server.removeprefix("gunicorn --worker-class ").split()[0] in best
    assert "sync" not in stack.server


def test_those_without_a_preference_get_the_framework_that_has_decided() -> None:
    decision = ask()
    assert (decision.framework, decision.runner_up) == ("django", "flask")
    assert compose(decision, RESULTS).config == ['STACK = "classic"']


def test_those_who_write_everything_by_hand_get_the_stack_bare() -> None:
    decision = ask(packages="flask")
    assert decision.framework == "flask"
    assert compose(decision, RESULTS).base == "bare"


def test_few_packages_are_the_stack_light() -> None:
    decision = ask(serves="api", packages="few")
    assert decision.framework == "flask"
    assert compose(decision, RESULTS).config == ['STACK = "light"']


def test_a_team_that_knows_sqlalchemy_keeps_it_although_packages_are_few() -> None:
    assert compose(ask(team="sqlalchemy", packages="few"), RESULTS).options["orm"] == "flask_sqlalchemy"


def test_pages_are_never_for_fastapi(decided: dict[tuple[str, ...], tuple[Decision, Stack]]) -> None:
    for decision, _ in decided.values():
        assert decision.answers["serves"] != "site" or "fastapi" not in decision.ranking


def test_nothing_is_left() -> None:
    with pytest.raises(NoAnswer):
        ask(serves="site", without=("django", "flask"))


# What would have to be different


@pytest.mark.parametrize("answers", [TOOL, MOBILE, GATEWAY, {}], ids=["tool", "mobile", "gateway", "open"])
def test_with_the_other_answers_the_runner_up_wins(answers: dict[str, str]) -> None:
    decision = ask(**answers)
    changes = find_changes(decision, RESULTS)
    assert changes
    assert len({len(change) for change in changes}) == 1
    for change in changes:
        assert ask(**{**answers, **change}).framework == decision.runner_up


def test_equal_points_are_said() -> None:
    results = set_waiting("Flask", 16, 1.0)
    tied = next(each for each in (decide(answers, results) for answers in list_all_answers()) if each.is_tie)
    assert describe(tied, results)["tie"]
    first, second = (describe(tied, results)["points"][name] for name in [*tied.ranking][:2])
    assert first == second

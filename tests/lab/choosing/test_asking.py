"""``flask choose``: flags, questions on a terminal, and lines that can be pasted."""

import json
import os
import pty
import subprocess
from pathlib import Path

import pytest

from assembly_required.cli.choose import QUESTIONS
from assembly_required.lab.choosing.rules import read_questions
from tests.conftest import ROOT
from tests.wiring.shell import FLASK, Shell

OPEN = {name: question.open for name, question in read_questions().items()}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def flags(**answers: str) -> list[str]:
    return [text for name, choice in {**OPEN, **answers}.items() for text in (f"--{name}", choice)]


def test_every_question_is_a_flag_with_its_choices() -> None:
    assert {name: tuple(question.choices) for name, question in read_questions().items()} == QUESTIONS
    assert [*read_questions()] == [*QUESTIONS]


def test_the_answer_says_what_to_take_why_and_what_else(shell: Shell) -> None:
    said = shell.ok("choose", *flags(serves="site", admin="yes"))
    assert said.startswith("Take Django.\n")
    assert "tests/slots/test_admin_django.py::test_lists_are_searched_filtered_and_sorted" in said
    assert "shown by peer_lines/django/admin; options/admin/flask_admin/lines" in said
    assert "The runner-up: Flask, with stack=classic admin=flask_admin" in said
    assert "Ruled out: FastAPI" in said
    assert "Packages without a release in the year before" in said


def test_without_a_terminal_missing_answers_are_named(shell: Shell) -> None:
    result = shell("choose", "--serves", "api", "--admin", "no")
    assert result.returncode == 2
    assert "these have no answer: team, types, waiting, database, packages, performance" in result.stderr
    assert "type: --team neither --types any" in result.stderr


def test_an_answer_that_is_no_choice_is_explained(shell: Shell) -> None:
    result = shell("choose", *flags(team="rails"))
    assert result.returncode == 2
    assert "Invalid value for '--team': 'rails' is not one of 'django', 'sqlalchemy', 'neither'." in result.stderr


def test_no_framework_is_left(shell: Shell) -> None:
    result = shell("choose", *flags(serves="site"), "--without", "django", "--without", "flask")
    assert result.returncode == 1
    assert "leave no framework" in result.stderr


def test_json_has_every_reason_with_its_evidence(shell: Shell) -> None:
    found = json.loads(shell.ok("choose", *flags(serves="api", types="yes"), "--json"))
    assert found["answer"]["framework"] == "fastapi"
    reasons = [*found["answer"]["reasons"], *found["runner_up"]["parts"]]
    assert all(reason["evidence"] for reason in reasons)
    assert {*found["answer"]["packages"]} == {*found["answer"]["health"]["packages"]}
    assert found["measured"]["date"]
    assert found["measured"]["machine"]["processor"]


def test_the_questions_can_be_read(shell: Shell) -> None:
    assert {*json.loads(shell.ok("choose", "--questions", "--json"))} == {*QUESTIONS}
    assert "--waiting  How many requests wait" in shell.ok("choose", "--questions")


@pytest.mark.parametrize(
    "answers",
    [
        {"packages": "flask"},
        {"serves": "api", "types": "yes", "performance": "first", "database": "postgresql"},
        {"serves": "site", "admin": "yes", "packages": "few", "waiting": "few"},
    ],
    ids=["by hand", "fast", "light"],
)
def test_pasted_lines_and_the_command_choose_the_same_stack(
    shell: Shell, tmp_path: Path, answers: dict[str, str]
) -> None:
    found = json.loads(shell.ok("choose", *flags(**answers), "--without", "django", "--without", "fastapi", "--json"))
    (tmp_path / "config.toml").write_text("\n".join(found["answer"]["config"]))
    shown = json.loads(shell.ok("stack", "show", "--json"))["slots"]
    assert {name: slot["option"] for name, slot in shown.items()} == found["answer"]["stack"]
    (tmp_path / "config.toml").unlink()
    (command,) = [each for each in found["answer"]["commands"] if each.startswith("flask stack set")]
    shell.ok(*command.split()[1:])
    shown = json.loads(shell.ok("stack", "show", "--json"))["slots"]
    assert {name: slot["option"] for name, slot in shown.items()} == found["answer"]["stack"]


def test_on_a_terminal_it_asks_for_what_no_flag_answers(tmp_path: Path) -> None:
    terminal, end = pty.openpty()
    os.write(terminal, b"9\n2\n" + b"\n" * (len(QUESTIONS) - 2))
    asked = subprocess.run(
        [FLASK, "choose", "--admin", "no", "--json"], cwd=ROOT, stdin=end, capture_output=True, text=True, timeout=120,
        check=False, env={**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path)},
    )  # fmt: skip
    os.close(end)
    os.close(terminal)
    assert asked.returncode == 0, asked.stderr
    assert f"1/{len(QUESTIONS) - 1}  What does the application serve?" in asked.stderr
    assert "9 is not in the range" in asked.stderr
    assert json.loads(asked.stdout)["answers"] == {**OPEN, "serves": "api", "admin": "no"}

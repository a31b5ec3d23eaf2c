"""``flask examples``, and ``flask stack diff --examples``."""

import json
import os
import subprocess
import sys
from functools import cache
from importlib.metadata import requires
from pathlib import Path

import pytest

from assembly_required.cli import examples
from assembly_required.reader.places import EXAMPLES, find_examples
from assembly_required.stack.slots import SLOTS
from tests.wiring.shell import Shell


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def test_every_option_has_an_example_and_every_slot_one_on_django() -> None:
    there = set(find_examples())
    for slot in SLOTS.values():
        options = {"django_in_flask" if name == "django" else name for name in slot.names if name != "none"}
        missing = {f"{slot.name}/{name}" for name in (*options, "django")} - there
        assert not missing


def test_list_shows_each_example_with_a_sentence(shell: Shell) -> None:
    rows = json.loads(shell.ok("examples", "list", "--json"))
    assert rows.keys() == find_examples().keys()
    assert all(row["summary"].endswith(".") and Path(row["source"]).exists() for row in rows.values())
    lines = shell.ok("examples", "list", "login").splitlines()
    assert [line.split()[0] for line in lines] == [name for name in find_examples() if name.startswith("login/")]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("list", "logni"), "'logni' has no examples. Choose one of "),
        (("copy", "login/flask_logni", "x"), "'login/flask_logni' is not an example. Did you mean login/flask_login?"),
        (("copy", "login", "x"), "To see all of them, type: flask examples list"),
    ],
)
def test_what_is_not_there_is_explained(shell: Shell, arguments: tuple[str, ...], said: str) -> None:
    result = shell("examples", *arguments)
    assert result.returncode == 2
    assert said in result.stderr


@pytest.mark.full
def test_a_copy_passes_its_own_test(shell: Shell, tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    said = shell.ok("examples", "copy", "login/flask_login", str(folder))
    assert ".venv/bin/flask --app flask_login_app run" in said
    assert {path.name for path in folder.iterdir()} == {
        "flask_login_app.py", "test_login.py", "conftest.py", "requirements.txt"
    }  # fmt: skip
    requirements = (folder / "requirements.txt").read_text().splitlines()
    assert {"flask", "flask-login", "pytest"} <= {line.split("<")[0].split(">")[0] for line in requirements}
    tests = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", "0"],
        cwd=folder, env={**os.environ, "PYTHONPATH": ""}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert tests.returncode == 0, tests.stdout + tests.stderr
    again = shell("examples", "copy", "login/flask_login", str(folder))
    assert again.returncode == 1
    assert "already has flask_login_app.py" in again.stderr


def test_the_requirements_of_each_example_are_tested_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(examples, "packages_distributions", cache(examples.packages_distributions))
    tested = {requirement.partition(";")[0].strip() for requirement in requires("assembly-required") or ()}
    for name, path in find_examples().items():
        required = examples.list_requirements([path, path.parent / f"test_{path.parent.name}.py"])
        assert required, name
        assert set(required) <= tested, name


def test_the_examples_of_two_options_can_be_compared(shell: Shell) -> None:
    said = shell.ok("stack", "diff", "--examples", "forms=flask_wtf", "forms=django")
    assert said.strip().startswith("--- forms/flask_wtf/app.py\n+++ forms/django/app.py")
    assert "+from django" in said
    columns = shell.ok("stack", "diff", "--examples", "--side-by-side", "login=flask_login", "login=plain")
    assert "login/flask_login/app.py" in columns
    none = shell("stack", "diff", "--examples", "admin=none", "admin=django")
    assert none.returncode == 2
    assert "'admin/none' is not an example" in none.stderr


def test_each_slot_of_examples_has_a_test() -> None:
    folders = {path.parent for path in find_examples().values()}
    assert [folder for folder in folders if not (folder / f"test_{folder.name}.py").exists()] == []
    assert {folder.parent for folder in folders} == {EXAMPLES}

"""The options that the contract's plugin adds to pytest."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from assembly_required.lab.selection import AFFECTED
from assembly_required.stack.slots import SLOTS
from tests.conftest import OUTSIDE, ROOT

PYTEST = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
TAGS = "src/assembly_required/contract/test_tags.py"


def run(*arguments: str) -> "subprocess.CompletedProcess[str]":
    return subprocess.run([*PYTEST, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)


def test_the_contract_runs_on_the_stacks_that_are_named() -> None:
    result = run(TAGS, "--stack", "bare", "--stack", "orm=plain,hashing=argon2", "--collect-only")
    assert result.returncode == 0, result.stdout
    assert "[bare]" in result.stdout
    assert "[orm=plain,hashing=argon2]" in result.stdout
    assert "[classic]" not in result.stdout


def test_an_option_that_no_named_stack_has_runs_the_cases_that_it_can_affect() -> None:
    result = run("src/assembly_required/contract/test_users.py", "--collect-only")
    assert result.returncode == 0, result.stdout
    for stack in ["classic", "bare", "hashing=argon2", "tokens=flask_httpauth", "orm=plain on postgresql", *OUTSIDE]:
        assert f"[{stack}]" in result.stdout
    for stack in ["validation=marshmallow", "validation=pydantic", "permissions=casbin", "mail=plain", "docs_ui=redoc"]:
        assert f"[{stack}]" not in result.stdout


def test_every_slot_says_which_cases_it_can_affect() -> None:
    cases = {path.stem.removeprefix("test_") for path in (ROOT / TAGS).parent.glob("test_*.py")}
    assert set(AFFECTED) == set(SLOTS)
    assert set().union(*AFFECTED.values()) == cases


def test_a_configured_stack_that_is_not_installed_is_reported() -> None:
    result = run(TAGS, "-o", "stacks=tokens=nobody.has_this")
    assert result.returncode == 4
    assert (
        "STACK_TOKENS = 'nobody.has_this' (from stacks in the configuration of pytest) cannot be imported "
        "(no module named 'nobody')." in result.stderr
    )
    assert run(TAGS, "-o", "stacks=tokens=nobody.has_this", "--stack", "bare", "--collect-only").returncode == 0


def test_without_the_external_adapters_the_error_names_the_command(tmp_path: Path) -> None:
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as util\n"
        "find = util.find_spec\n"
        "util.find_spec = lambda name, package=None: None if name == 'elsewhere' else find(name, package)\n"
    )
    paths = [str(tmp_path), *filter(None, [os.environ.get("PYTHONPATH")])]
    result = subprocess.run(
        [*PYTEST, "tests/wiring/test_source.py"],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(paths)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 4
    assert result.stderr.endswith("Run: .venv/bin/pip install -e tests/outside\n\n")


@pytest.mark.parametrize(
    ("stack", "said"),
    [
        (
            "bar",
            "STACK = 'bar' (from --stack) is not a named stack: "
            "choose one of classic, typed, light, fast, django, bare.",
        ),
        (
            "orm=x",
            "STACK_ORM = 'x' (from --stack) is not an option of this slot: "
            "choose one of flask_sqlalchemy, sqlalchemy_core, plain, peewee, django.",
        ),
        ("x=plain", "'x=plain' is not of the form SLOT=OPTION"),
        ("docs=flask_smorest,validation=plain", "flask-smorest describes marshmallow schemas only."),
    ],
)
def test_an_impossible_stack_is_reported_before_the_first_test(stack: str, said: str) -> None:
    result = run(TAGS, "--stack", stack)
    assert result.returncode == 4
    assert said in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("peer", ["rails", "django on mysql"])
def test_an_impossible_peer_is_reported_before_the_first_test(peer: str) -> None:
    result = run(TAGS, "--peer", peer)
    assert result.returncode == 4
    assert f"--peer {peer!r} is not a peer: choose one of django" in result.stderr
    assert "Traceback" not in result.stderr


@pytest.mark.full
def test_the_contract_runs_on_a_peer() -> None:
    result = run(TAGS, "--peer", "django")
    assert result.returncode == 0, result.stdout
    assert "4 passed" in result.stdout


def test_a_case_that_cannot_run_elsewhere_is_named() -> None:
    command = [sys.executable, "-m", "assembly_required.contract", "http://127.0.0.1:9"]
    result = subprocess.run([*command, "--collect-only", "-q"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout
    assert "3 cases were not run: they need --delete-user." in result.stdout


def test_the_contract_explains_itself() -> None:
    command = [sys.executable, "-m", "assembly_required.contract"]
    assert subprocess.run([*command, "--help"], capture_output=True, text=True, check=True).stdout.startswith("usage:")
    assert subprocess.run(command, capture_output=True, check=False).returncode == 2


RULES = "tests/slots/orm/test_rules.py"
NOWHERE = "postgresql://127.0.0.1:1/postgres"


def test_without_postgresql_other_tests_run_and_the_summary_says_so() -> None:
    result = run(RULES, "-k", "test_rows_can_be_loaded", "--postgresql", NOWHERE)
    assert result.returncode == 0, result.stdout
    *_, why, advice, passed = result.stdout.splitlines()
    rules = (ROOT / RULES).read_text().count("\ndef test_")
    assert why.startswith(f"{rules * len(SLOTS['orm'].names)} tests were not run: connection failed")
    assert advice.startswith("To run them, install psycopg (")
    assert "-m pip install -e '.[postgresql]') and start a server" in advice
    assert passed.startswith(f"{len(SLOTS['orm'].names)} passed")


def test_without_a_required_postgresql_no_test_runs() -> None:
    result = run(RULES, "--postgresql", NOWHERE, "--require-postgresql")
    assert result.returncode == 4
    assert "--require-postgresql was given, but PostgreSQL cannot be reached: connection failed" in result.stderr

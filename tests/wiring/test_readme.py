"""What the README says is so. Its long commands are run by .ci/run, which takes them from the README itself."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import ok, refused
from assembly_required.contract.people import People
from assembly_required.data import demo
from assembly_required.stack.assembly import assembled
from assembly_required.stack.settings import KEYS
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT, MakeApp

README = (ROOT / "README.md").read_text()
COMMANDS = [line for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL) for line in block.splitlines()]


@pytest.mark.parametrize("command", [line for line in COMMANDS if "flask stack" in line])
def test_a_short_command_works(command: str, tmp_path: Path) -> None:
    words = command.replace(".venv/bin/flask", str(Path(sys.executable).with_name("flask")))
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path)}
    result = subprocess.run(  # noqa: S602
        words, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stderr


def test_every_command_is_run_by_ci_or_here() -> None:
    ci = (ROOT / ".ci" / "run").read_text()
    needles = re.findall(r"readme ['\"]+(.+?)['\"]", ci)
    assert all(any(needle in line for needle in needles) for line in COMMANDS)


def test_set_up_and_test_are_one_line_each() -> None:
    assert sum("pip install -e ." in line and "flask run" in line for line in COMMANDS) == 1
    assert sum("'.[test]'" in line and line.endswith("pytest") for line in COMMANDS) == 1


def test_the_table_of_slots_is_the_table_of_slots() -> None:
    rows = re.findall(r"^\| `(\w+)` \| (.+?) \| (.+?) \|$", README, re.MULTILINE)
    assert {name: (stands.replace("`", ""), options) for name, stands, options in rows} == {
        slot.name: (slot.stands_for, ", ".join(f"`{name}`" for name in slot.names)) for slot in SLOTS.values()
    }


def test_the_demo_user_is_the_one_it_names() -> None:
    assert f"Sign in as `{demo.EMAIL}` with the password `{demo.PASSWORD}`" in README


def test_the_keys_it_names_are_keys() -> None:
    named = set(re.findall(r"`([A-Z_]{4,}) = ", README))
    assert named
    assert named <= KEYS.keys()


def test_the_files_it_names_are_there() -> None:
    for path in [*re.findall(r"\]\(((?:src|tests)/[^)]+)\)", README), "instance/config.example.toml"]:
        assert (ROOT / path).exists()


(ADAPTER,) = re.findall(r"```python\n(.*?)```", README, re.DOTALL)


@pytest.fixture
def adapter(tmp_path: Path) -> Path:
    """The folder in which the adapter of the README lies, as it stands there."""
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "tokens.py").write_text(ADAPTER)
    return tmp_path


def test_the_adapter_it_shows_keeps_the_contract(adapter: Path) -> None:
    (named,) = re.findall(r"`pytest (--stack tokens=mine\.tokens .+?)`", README)
    command = [sys.executable, "-m", "pytest", "-q", "-n", "0", "-p", "no:cacheprovider", *named.split()]
    paths = [str(adapter), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    result = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stdout + result.stderr
    passed = re.search(r"(\d+) passed", result.stdout)
    assert passed
    assert int(passed[1]) > 100


def test_the_adapter_it_shows_tells_users_apart(
    adapter: Path, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.syspath_prepend(adapter)
    app = make_app(STACK_TOKENS="mine.tokens")
    assert type(assembled(app).tokens).__name__ == "SignedTokens"
    people = People(Client(in_process(app)))
    for user in (people.new(), people.new()):
        assert ok(people.log_in(user.email))["user"]["token"] == user.token
        assert ok(user.get("/user"))["user"]["username"] == user.username
        refused(Client(user.send, f"{user.token}x").get("/user"), 401, token="is invalid")

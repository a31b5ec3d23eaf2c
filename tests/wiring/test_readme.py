"""What the README says is so. Its long commands are run by .ci/run, which takes them from the README itself."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from assembly_required import demo
from assembly_required.settings import KEYS
from assembly_required.slots import SLOTS
from tests.conftest import ROOT

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
    for path in [*re.findall(r"\]\((src/[^)]+)\)", README), "instance/config.example.toml"]:
        assert (ROOT / path).is_file()

"""Test ``flask stack differences``: its three output formats and its errors."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from assembly_required.lab.differences import GENERATED
from assembly_required.stack.slots import SLOTS
from tests.wiring.shell import Shell

CHEAP = {"FLASK_ARGON2_MEMORY": "8", "FLASK_PBKDF2_ITERATIONS": "2"}


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path)


def shown(shell: Shell, *slot: str, **variables: str) -> Any:
    return json.loads(shell.ok("stack", "differences", *slot, "--json", **CHEAP, **variables))


def test_all_slots_with_every_option_as_json(shell: Shell) -> None:
    tables = shown(shell)
    assert list(tables) == list(GENERATED)
    for slot, (table, *_) in tables.items():
        cells = {name for row in table["rows"] for name in row["cells"]}
        named = cells | {row["option"] for row in table["rows"] if "option" in row} | set(table["absent"])
        assert named >= set(SLOTS[slot].names)


@pytest.mark.parametrize("slot", GENERATED)
def test_one_slot_for_people(shell: Shell, slot: str) -> None:
    result = shell("stack", "differences", slot, **CHEAP)
    assert result.returncode == 0
    assert "\x1b" not in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 100
    for option in SLOTS[slot].names:
        assert re.search(rf"^\s*{option}\b", result.stdout, re.MULTILINE)
    assert "Traceback" not in result.stderr


@pytest.mark.parametrize("slot", GENERATED)
def test_one_slot_as_markdown(shell: Shell, slot: str) -> None:
    output = shell.ok("stack", "differences", slot, "--markdown", **CHEAP)
    tables = re.findall(r"(?:^\|.*\n)+", output, re.MULTILINE)
    assert output.startswith("## ")
    for table in tables:
        columns = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(columns) == 1
    for option in SLOTS[slot].names:
        assert re.search(rf"(\| |^- ){re.escape(option).replace('_', '.?_')}\b", output, re.MULTILINE)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ("orm",),
            "The differences of 'orm' are not generated: compare the source of its options instead "
            "('flask stack diff orm=ONE orm=OTHER'). Choose one of validation, docs, tokens, hashing, limits, forms, "
            "mail, tasks, or none for all of them.",
        ),
        (
            ("omr",),
            "'omr' is not a slot. Choose one of validation, docs, tokens, hashing, limits, forms, mail, tasks, or none "
            "for all of them.",
        ),
        (
            ("tokens", "--json", "--markdown"),
            "--json and --markdown were both given, but there is only one output. Use one of them.",
        ),
    ],
)
def test_what_cannot_be_shown(shell: Shell, arguments: tuple[str, ...], message: str) -> None:
    result = shell("stack", "differences", *arguments)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1] == f"Error: {message}"
    assert result.stdout == ""


def test_the_configured_costs_are_the_ones_shown(shell: Shell) -> None:
    rows = {row["option"]: row["cells"] for row in shown(shell, "hashing", FLASK_SCRYPT_COST="7")["hashing"][0]["rows"]}
    assert rows["plain"]["parameters"] == {"method": "scrypt", "N": 128, "r": 8, "p": 3}
    assert rows["plain"]["memory"] == {"bytes": 128 * 128 * 8}
    assert rows["plain"]["hash"].startswith("scrypt:128:8:3$")
    assert rows["argon2"]["memory"] == {"bytes": 8 * 1024}
    assert rows["django"]["parameters"]["iterations"] == 2
    assert all(cells["length"] == len(cells["hash"]) for cells in rows.values())
    assert all(cells["verify"]["milliseconds"] > 0 for cells in rows.values())


def test_it_touches_nobodys_data(shell: Shell, tmp_path: Path) -> None:
    shown(shell, FLASK_DATABASE_URL=f"sqlite:///{tmp_path}/mine.sqlite3")
    assert list(tmp_path.iterdir()) == []

"""Faults to find: each still applies, and its tests fail with it and pass without it."""

import ast
import os
import re
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from assembly_required.cli.tutorial import tutorial
from assembly_required.reader.faults import NOTE, Fault, Unplanted, break_copy, copy_project, read_fault, read_faults
from assembly_required.stack.describe import PACKAGE
from tests.conftest import ROOT

FAULTS = read_faults()


def run_tests(folder: Path, tests: Sequence[str]) -> subprocess.CompletedProcess[str]:
    """Run tests of a copy."""
    return subprocess.run(
        [sys.executable, "-m", "pytest", "-n", "0", "-q", "-p", "no:cacheprovider", "--stack", "classic", *tests],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(folder / "src")},
        capture_output=True,
        text=True,
        check=False,
    )


def test_there_are_ten() -> None:
    assert len(FAULTS) == 10


@pytest.mark.parametrize("name", FAULTS)
def test_a_fault_applies_in_one_place(name: str) -> None:
    fault = FAULTS[name]
    right = (PACKAGE / fault.file).read_text()
    wrong = fault.plant(right)
    assert wrong != right
    if fault.name:
        ast.parse(wrong)
    else:
        assert not fault.file.endswith(".py")
    assert re.search(r"^\+", fault.repair, re.MULTILINE)


@pytest.mark.parametrize("name", FAULTS)
def test_the_tests_of_a_fault_exist(name: str) -> None:
    for test in FAULTS[name].tests:
        path, _, function = test.partition("[")[0].partition("::")
        assert f"def {function}(" in (ROOT / path).read_text(), test


def test_a_definition_that_has_changed_is_named() -> None:
    fault = FAULTS["second_use"]
    with pytest.raises(Unplanted, match=r"_state of web/site/recovery\.py has changed"):
        fault.plant("def _state(account):\n    return 1\n")
    with pytest.raises(Unplanted, match="second_use was not planted"):
        fault.plant(f"def other(account):\n    return {fault.old}\n")


def test_the_same_text_in_another_definition_stays() -> None:
    fault = Fault("x", "", "", "file.py", (), "1", "2", name="second")
    text = "def first():\n    return 1\n\n\ndef second():\n    return 1\n"
    assert fault.plant(text) == "def first():\n    return 1\n\n\ndef second():\n    return 2\n"


@pytest.mark.full
def test_a_copy_is_broken_and_checked(tmp_path: Path) -> None:
    folder, runner = tmp_path / "copy", CliRunner()
    broken = runner.invoke(tutorial, ["break", "capital_letter", str(folder)])
    assert broken.exit_code == 0, broken.output
    fault = FAULTS["capital_letter"]
    assert fault.report in broken.output
    assert fault.hint not in broken.output
    assert not any(fault.tests[0] in path.read_text() for path in folder.rglob("*.txt"))
    path = folder / "src" / "assembly_required" / fault.file
    original = PACKAGE / fault.file
    assert path.read_text() == fault.plant(original.read_text())
    again = runner.invoke(tutorial, ["break", "capital_letter", str(folder)])
    assert again.exit_code == 1
    assert "is not empty" in again.output
    assert fault.hint in runner.invoke(tutorial, ["check", "--hint", str(folder)]).output
    assert fault.repair.strip() in runner.invoke(tutorial, ["check", "--solution", str(folder)]).output
    still = runner.invoke(tutorial, ["check", str(folder)])
    assert still.exit_code == 1
    assert "not repaired yet" in still.output
    path.write_text(original.read_text())
    repaired = runner.invoke(tutorial, ["check", str(folder)])
    assert repaired.exit_code == 0
    assert repaired.output.startswith("Repaired.")


def test_only_a_copy_is_checked(tmp_path: Path) -> None:
    assert read_fault(tmp_path) is None
    refused = CliRunner().invoke(tutorial, ["check", str(tmp_path)])
    assert refused.exit_code == 2
    assert NOTE in refused.output


def test_faults_are_listed_without_their_places() -> None:
    runner = CliRunner()
    listed = runner.invoke(tutorial, ["break"]).output
    assert all(name in listed for name in FAULTS)
    assert not any(fault.file in listed for fault in FAULTS.values())
    assert "Did you mean slow_list?" in runner.invoke(tutorial, ["break", "slowlist"]).output


def test_the_page_shows_each_report(client: FlaskClient) -> None:
    page = client.get("/tutorial/faults/").text
    assert all(f'id="{name}"' in page for name in FAULTS)
    assert not any(fault.file in page for fault in FAULTS.values())


@pytest.mark.full
@pytest.mark.parametrize("name", FAULTS)
def test_the_tests_notice_the_fault(name: str, tmp_path: Path) -> None:
    break_copy(FAULTS[name], tmp_path)
    result = run_tests(tmp_path, FAULTS[name].tests)
    assert result.returncode == 1, result.stdout
    failed = re.findall(r"^FAILED (\S+?)(?:\[| |$)", result.stdout, re.MULTILINE)
    assert {*failed} == {test.partition("[")[0] for test in FAULTS[name].tests}


@pytest.mark.full
def test_without_a_fault_they_pass(tmp_path: Path) -> None:
    copy_project(tmp_path)
    result = run_tests(tmp_path, [test for fault in FAULTS.values() for test in fault.tests])
    assert result.returncode == 0, result.stdout

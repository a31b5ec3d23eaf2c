"""Exercises: their solutions pass, their beginnings do not, and the commands overwrite nothing."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from assembly_required.cli.tutorial import tutorial
from assembly_required.reader.exercising import END, SOLUTION, START, Exercise, read_exercises
from assembly_required.stack.slots import SLOTS

EXERCISES = read_exercises()


def run_tests(folder: Path, texts: dict[str, str]) -> subprocess.CompletedProcess[str]:
    """Run the tests in some files, in a process of their own, as 'flask tutorial check' does."""
    for name, text in texts.items():
        (folder / f"{name}.py").write_text(text)
    files = [f"{name}.py" for name in texts]
    options = ["-q", "-p", "no:cacheprovider", "-c", "/dev/null", "--rootdir", ".", "--tb=short"]
    return subprocess.run(
        [sys.executable, "-m", "pytest", *options, *files], cwd=folder, capture_output=True, text=True, check=False
    )


@pytest.mark.full
def test_all_solutions_pass(tmp_path: Path) -> None:
    result = run_tests(tmp_path, {name: each.solution for name, each in EXERCISES.items()})
    assert result.returncode == 0, result.stdout


@pytest.mark.full
def test_all_beginnings_run_and_fail(tmp_path: Path) -> None:
    result = run_tests(tmp_path, {name: each.start for name, each in EXERCISES.items()})
    assert {*re.findall(r"^FAILED (\w+)\.py::", result.stdout, re.MULTILINE)} == {*EXERCISES}
    assert result.returncode == 1  # 2 if a file could not be read


THREE = [*SLOTS]


@pytest.mark.parametrize("slot", THREE)
def test_a_slot_has_three(slot: str, client: FlaskClient) -> None:
    names = [each.name for each in EXERCISES.values() if each.slot == slot]
    assert len(names) == 3
    page = client.get(f"/tutorial/{slot}/").text
    assert all(f'id="{name}"' in page and f"flask tutorial exercise {name}" in page for name in names)


def test_the_slot_is_the_longest_that_fits() -> None:
    assert [Exercise(name, "").slot for name in ("docs_x", "docs_ui_x", "nothing_x")] == ["docs", "docs_ui", ""]


def test_each_is_about_a_slot_and_has_a_task() -> None:
    assert {each.slot for each in EXERCISES.values()} <= {*SLOTS}
    for each in EXERCISES.values():
        title, empty, *task = each.task.splitlines()
        assert title.endswith("."), each.name
        assert empty == "", each.name
        assert "Django" in " ".join(task), each.name


@pytest.mark.parametrize("version", ["start", "solution"])
def test_a_version_has_no_marks_of_the_other(version: str) -> None:
    for each in EXERCISES.values():
        lines = {line.strip() for line in getattr(each, version).splitlines()}
        assert not lines & {START, SOLUTION, END}, each.name


def test_marks_choose_between_two_versions() -> None:
    marked = "a = 1\n# start\n# b = 2\n#\n# c = 3\n# solution\nb = 3\n# end\nd = 4  # kept\n"
    exercise = Exercise("orm_x", marked)
    assert exercise.start == "a = 1\nb = 2\n\nc = 3\nd = 4  # kept\n"
    assert exercise.solution == "a = 1\nb = 3\nd = 4  # kept\n"
    assert "-b = 2\n" in exercise.compare(exercise.start)
    assert exercise.compare(exercise.solution) == ""


def test_an_exercise_is_written_solved_and_never_overwritten(tmp_path: Path) -> None:
    file, exercise = tmp_path / "limits_window.py", EXERCISES["limits_window"]
    runner = CliRunner()
    written = runner.invoke(tutorial, ["exercise", "limits_window", str(file)])
    assert written.exit_code == 0, written.output
    assert file.read_text() == exercise.start
    assert runner.invoke(tutorial, ["check", str(file)]).exit_code == 1
    shown = runner.invoke(tutorial, ["check", "--solution", str(file)])
    assert shown.output.rstrip("\n") == exercise.compare(exercise.start).rstrip("\n")
    assert file.read_text() == exercise.start
    file.write_text(exercise.solution)
    again = runner.invoke(tutorial, ["exercise", "limits_window", str(file)])
    assert again.exit_code == 1
    assert "is already there" in again.output
    solved = runner.invoke(tutorial, ["check", str(file)])
    assert (solved.exit_code, solved.output) == (0, "Solved.\n")


@pytest.mark.full
def test_a_file_may_have_another_name(tmp_path: Path) -> None:
    file = tmp_path / "mine.py"
    file.write_text(EXERCISES["limits_window"].solution)
    runner = CliRunner()
    assert "no exercise 'mine'" in runner.invoke(tutorial, ["check", str(file)]).output
    assert runner.invoke(tutorial, ["check", "--exercise", "limits_window", str(file)]).exit_code == 0


def test_a_file_that_is_no_python_is_not_called_unsolved(tmp_path: Path) -> None:
    file = tmp_path / "limits_window.py"
    file.write_text("def (")
    checked = CliRunner().invoke(tutorial, ["check", str(file)])
    assert checked.exit_code == 1
    assert "Nothing was checked" in checked.output


def test_all_are_listed_and_a_close_name_is_suggested() -> None:
    runner = CliRunner()
    listed = runner.invoke(tutorial, ["exercise"]).output
    assert all(name in listed for name in EXERCISES)
    wrong = runner.invoke(tutorial, ["exercise", "orm_tag"])
    assert wrong.exit_code == 2
    assert "Did you mean orm_tags?" in wrong.output

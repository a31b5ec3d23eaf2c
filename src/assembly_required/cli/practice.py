"""``flask tutorial break``, ``exercise`` and ``check``: find faults, and write code for exercises."""

import os
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import TypeVar

import click

from ..lab.conformance import RAN
from ..reader.exercising import Exercise, read_exercises
from ..reader.faults import NOTE, Fault, break_copy, read_fault, read_faults
from ..reader.prose import ROOT
from ..stack.names import suggest
from .tables import build_grid, print_lines

OUTSIDE = Path(os.pardir)
"""Where files are written by default: beside the project, so that its tests and its history do not see them."""

Named = TypeVar("Named", Exercise, Fault)


@click.command("break")
@click.argument("name", required=False)
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
def break_(name: str | None, folder: Path | None) -> None:
    """Copy the project to DIR, with the fault NAME in it; without NAME, list the faults.

    Find the test that notices the fault, and repair the copy. DIR is ../NAME unless you name one.
    """
    faults = read_faults()
    if name is None:
        print_lines([build_grid([(each.title, each.report) for each in faults.values()], ("cyan",))])
        return
    fault, folder = choose(name, faults, "fault"), folder or OUTSIDE / name
    require_tests(ROOT)
    if folder.exists() and any(folder.iterdir()):
        raise click.ClickException(f"The fault was not planted: {folder} is not empty. Name another folder.")
    break_copy(fault, folder)
    click.echo(f"Copied the project to {folder}, and planted a fault. Somebody reports:\n\n  {fault.report}\n")
    click.echo(
        "Look for a test that fails, or write one. This runs the tests of the pages in the copy; the others are in\n"
        "tests/slots and src/assembly_required/contract:\n"
    )
    click.echo(f"  cd {folder}\n  PYTHONPATH=src {sys.executable} -m pytest --stack classic tests/site\n")
    click.echo(f"When you have repaired it, or to see a hint, type in this folder:\n\n  flask tutorial check {folder}")
    click.echo(f"  flask tutorial check --hint {folder}")


@click.command()
@click.argument("name", required=False)
@click.argument("file", required=False, type=click.Path(dir_okay=False, path_type=Path))
def exercise(name: str | None, file: Path | None) -> None:
    """Write the exercise NAME to FILE; without NAME, list the exercises.

    FILE says what to do, and has the tests that pass afterwards. It is ../NAME.py unless you name one. A file that is
    already there is never overwritten.
    """
    exercises = read_exercises()
    if name is None:
        print_lines([build_grid([(each.name, each.title) for each in exercises.values()], ("cyan",))])
        return
    chosen, file = choose(name, exercises, "exercise"), file or OUTSIDE / f"{name}.py"
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write(chosen.start)
    except FileExistsError:
        raise click.ClickException(
            f"The exercise was not written: {file} is already there. Name another file."
        ) from None
    click.echo(f"Wrote {file}. Open it in your editor: it says what to do. Then type\n")
    click.echo(f"  flask tutorial check {file}\n\nThis shows what is different in our solution:\n")
    click.echo(f"  flask tutorial check --solution {file}")


@click.command()
@click.argument("path", metavar="DIR|FILE", type=click.Path(exists=True, path_type=Path))
@click.option("--hint", is_flag=True, help="Say where to look, and which test fails.")
@click.option("--solution", is_flag=True, help="Show the solution as a diff. Your files stay as they are.")
@click.option("--exercise", "name", help="The name of the exercise, if FILE is called differently.")
def check(path: Path, hint: bool, solution: bool, name: str | None) -> None:
    """Say whether the fault in DIR is repaired, or the exercise in FILE is solved."""
    if path.is_dir():
        check_fault(path, hint, solution)
    else:
        check_exercise(path, choose(name or path.stem, read_exercises(), "exercise"), hint, solution)


def check_fault(folder: Path, hint: bool, solution: bool) -> None:
    """Run the tests that notice the fault, or show a hint or the solution."""
    fault = read_fault(folder)
    if fault is None:
        raise click.UsageError(
            f"{folder} was not checked: it has no {NOTE} with the name of a fault. "
            "Name a folder that 'flask tutorial break NAME' has written."
        )
    if hint or solution:
        click.echo(fault.repair if solution else "\n".join([fault.hint, *fault.tests]))
        return
    require_tests(folder)
    source = {"PYTHONPATH": str((folder / "src").resolve())}
    command = ["--stack", "classic", "-n", "0", *fault.tests]
    if not run_tests(folder, command, source):
        raise click.ClickException(
            f"It is not repaired yet: see above. For a hint: flask tutorial check --hint {folder}"
        )
    click.echo(f"Repaired. {' '.join(fault.tests)} notices this fault.")


def check_exercise(file: Path, exercise: Exercise, hint: bool, solution: bool) -> None:
    """Run the tests of an exercise, or show what it asks or its solution."""
    if hint or solution:
        click.echo(exercise.compare(file.read_text(encoding="utf-8")) if solution else exercise.task)
        return
    if not run_tests(file.parent, ["-c", os.devnull, "--rootdir", ".", file.name], {}):
        raise click.ClickException(
            f"It is not solved yet: see above. For our solution: flask tutorial check --solution {file}"
        )
    click.echo("Solved.")


def run_tests(folder: Path, arguments: list[str], environment: dict[str, str]) -> bool:
    """Run tests in a folder, and return whether all of them passed.

    :raises click.ClickException: they cannot run.
    """
    if find_spec("pytest") is None:
        raise click.ClickException("Nothing was checked: pytest is not installed. Run: pip install -e '.[test]'")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", *arguments]
    result = subprocess.run(command, cwd=folder, env={**os.environ, **environment}, check=False)  # noqa: S603
    if result.returncode not in RAN:
        raise click.ClickException(
            f"Nothing was checked: the tests in {folder} cannot run. See above for what to change."
        )
    return result.returncode == 0


def require_tests(folder: Path) -> None:
    """Stop if a folder has no tests, as in an installation without the repository."""
    if not (folder / "tests").is_dir():
        raise click.ClickException(
            f"There are no tests in {folder}, and a fault is found by a test. "
            "Clone the repository, and run this in its folder."
        )


def choose(name: str, among: dict[str, Named], kind: str) -> Named:
    """Return what has this name.

    :raises click.UsageError: nothing has.
    """
    if name in among:
        return among[name]
    raise click.UsageError(f"There is no {kind} {name!r}.{suggest(name, among)} Choose one of {', '.join(among)}.")

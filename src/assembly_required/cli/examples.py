"""``flask examples``: list the one-file apps, and copy one into a folder of its own."""

import ast
import json
import re
import shutil
import sys
from collections.abc import Iterator
from importlib.metadata import packages_distributions, requires
from pathlib import Path

import click

from ..lab.weight import PROJECT, add_packages, list_imports, normalize
from ..reader.places import EXAMPLES, find_examples
from .choices import as_json
from .siblings import find_example
from .tables import build_grid, print_lines

FASTAPI = {"uvicorn", "python-multipart"}
"""What an app on FastAPI needs to run and to read forms, without importing it."""


@click.group()
def examples() -> None:
    """List and copy examples: apps of one file, each for one slot and one library.

    \b
    flask examples list login
    flask examples copy login/flask_login my_app
    """


@examples.command("list")
@click.argument("slot", required=False)
@as_json
def list_(slot: str | None, as_json: bool) -> None:
    """List the examples of SLOT, or all examples, each with the library's page that it follows."""
    found = {name: path for name, path in find_examples().items() if slot in (None, name.partition("/")[0])}
    if not found:
        slots = dict.fromkeys(name.partition("/")[0] for name in find_examples())
        raise click.UsageError(f"{slot!r} has no examples. Choose one of {', '.join(slots)}, or none for all of them.")
    if as_json:
        rows = {name: {"summary": summarize(path), "source": str(path)} for name, path in found.items()}
        click.echo(json.dumps(rows, indent=2))
    else:
        print_lines([build_grid([(name, summarize(path)) for name, path in found.items()], ("cyan",))])


@examples.command()
@click.argument("example", metavar="SLOT/OPTION")
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
def copy(example: str, folder: Path) -> None:
    """Copy an example to DIR, with its test and a requirements.txt.

    Files that are already in DIR are never overwritten.
    """
    source = find_example(example)
    test = source.parent / f"test_{source.parent.name}.py"
    files = {path.name: path for path in (source, test, EXAMPLES / "conftest.py")}
    there = [name for name in [*files, "requirements.txt"] if (folder / name).exists()]
    if there:
        raise click.ClickException(
            f"{example} was not copied: {folder} already has {', '.join(there)}. Name another folder."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for name, path in files.items():
        shutil.copytree(path, folder / name) if path.is_dir() else shutil.copy(path, folder / name)
    requirements = list_requirements([source, test])
    (folder / "requirements.txt").write_text("".join(f"{line}\n" for line in requirements), encoding="utf-8")
    click.echo(f"Copied {example} to {folder}. Try it:\n")
    click.echo(f"  cd {folder}\n  python3 -m venv .venv && .venv/bin/pip install -r requirements.txt")
    click.echo(f"  {format_start(source)}\n  .venv/bin/pytest")


def summarize(path: Path) -> str:
    """Return the first line of a docstring, or the title of a folder's README."""
    if path.is_dir():
        return (path / "README.md").read_text("utf-8").partition("\n")[0].lstrip("# ") + "."
    docstring = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return docstring.partition("\n")[0].replace("``", "")


def format_start(path: Path) -> str:
    """Format the command that starts a copied example."""
    if path.is_dir():
        return f"cat {path.name}/README.md"
    if path.stem == "django_app":
        return ".venv/bin/python django_app.py runserver"
    if path.stem == "fastapi_app":
        return ".venv/bin/uvicorn fastapi_app:app"
    return f".venv/bin/flask --app {path.stem} run"


def list_requirements(paths: list[Path]) -> list[str]:
    """List the requirements of some files, with the versions that this project is tested with."""
    tested = dict(read_bounds())
    known = packages_distributions()
    files = [file for path in paths for file in (path.rglob("*.py") if path.is_dir() else [path])]
    own = {file.stem for file in files} | {file.parent.name for file in files}
    modules = {module for file in files for module in list_imports(file)} - own - sys.stdlib_module_names
    names = {normalize(name) for module in modules for name in known.get(module, [module])}
    if "fastapi" in names:
        names |= FASTAPI
    implied = {package for name in names for package in add_packages(name, {}) if package != name}
    return sorted(tested.get(name, name) for name in names if name in tested or name not in implied)


def read_bounds() -> Iterator[tuple[str, str]]:
    """Yield the name of each package that this project can use, and its requirement without a marker."""
    for requirement in requires(PROJECT) or ():
        text = requirement.partition(";")[0].strip()
        yield normalize(re.split(r"[\s<>=!~\[(]", text, maxsplit=1)[0]), text

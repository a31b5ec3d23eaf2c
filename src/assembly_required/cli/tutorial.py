"""``flask tutorial``: write the tutorial as files, record what its pages show of installed packages, and practise."""

import json
import platform
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import distribution, version
from pathlib import Path
from typing import Any

import click

from ..lab.files import write_atomically
from ..lab.peers import PEERS
from ..lab.weight import PROJECT, list_distributions, list_requirements, normalize
from ..reader.places import find_examples
from ..stack.settings import Settings
from ..stack.slots import SLOTS
from . import practice
from .choices import as_json, read_configuration
from .tables import build_grid, print_lines

SHOWN = 15
"""Rows of the table of ``flask tutorial weigh``."""


@click.group()
def tutorial() -> None:
    """Write the tutorial as files; practise with exercises and faults.

    \b
    flask tutorial build ../tutorial
    flask tutorial exercise orm_tags
    flask tutorial break slow_list

    While the development server runs, the tutorial is at http://127.0.0.1:5000/tutorial/.
    """


for command in (practice.break_, practice.exercise, practice.check):
    tutorial.add_command(command)


@tutorial.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@click.option("--overwrite", is_flag=True, help="Write into DIR even if it is not empty.")
def build(folder: Path, overwrite: bool) -> None:
    """Write the tutorial into DIR, as pages that a browser opens from disk.

    It needs no database and no server. TUTORIAL_SOURCE sets where the pages link to for a line of the source.
    """
    from ..reader.static_site import build_site

    if not overwrite and folder.exists() and any(folder.iterdir()):
        raise click.ClickException(
            f"The tutorial was not written: {folder} is not empty. Name another folder, or add --overwrite."
        )
    source = read_configuration().values["TUTORIAL_SOURCE"]
    with click.progressbar(build_site(folder, source), label="Pages", show_pos=True, file=sys.stderr) as pages:
        count = sum(1 for _ in pages)
    click.echo(f"Wrote {count} files. Open {folder / 'index.html'}")


@tutorial.command()
@as_json
def weigh(as_json: bool) -> None:
    """Show the size of each chapter and module page, and the CPU time it takes when it is opened again."""
    from ..reader.weighing import weigh_pages

    with click.progressbar(weigh_pages(), label="Pages", show_pos=True, file=sys.stderr) as pages:
        weights = sorted(pages, key=lambda page: -page.milliseconds)
    if as_json:
        click.echo(json.dumps([asdict(page) for page in weights], indent=2))
        return
    rows = [(page.url, f"{page.kilobytes:.0f} KB", f"{page.milliseconds:.1f} ms") for page in weights[:SHOWN]]
    print_lines([build_grid([("", "size", "CPU time"), *rows], ("cyan",))])
    click.echo(f"\n{len(weights)} pages; these are the {len(rows)} that take longest. --json shows all of them.")


@tutorial.command()
def record() -> None:
    """Record the versions of the installed packages, and what 'flask stack differences' shows.

    The pages of the tutorial show this record. Run it after adding an option or an example, or after an update, with
    everything installed.
    """
    from ..reader.recorded import FILE

    missing = sorted({option.extra for slot in SLOTS.values() for option in slot.options if option.missing()})
    if missing:
        raise click.ClickException(
            f"Nothing was recorded: {', '.join(missing)} is not installed. Run: pip install -e '.[test]'"
        )
    text = json.dumps(make_record(read_configuration()), indent=1, ensure_ascii=False)
    write_atomically(FILE, f"{text}\n")
    click.echo(f"Wrote {FILE}")


def make_record(settings: Settings) -> dict[str, Any]:
    """Make the record from what is installed."""
    from ..lab.differences import GENERATED
    from ..lab.differences.rendering import as_markdown
    from .differences import make_slot

    adapters = {
        f"{slot.name}/{option.name}": read_versions(
            ["flask", *(each.name for each in list_distributions(slot, option))]
        )
        for slot in SLOTS.values()
        for option in slot.options
    }
    own = distribution(PROJECT)
    return {
        "date": f"{datetime.now(UTC):%Y-%m-%d}",
        "python": platform.python_version(),
        "versions": {
            "adapters": adapters,
            "examples": {name: read_versions(find_packages(path)) for name, path in find_examples().items()},
            "peers": {
                name: read_versions(each.name for each in list_requirements(own, peer.extra))
                for name, peer in PEERS.items()
            },
        },
        "differences": {slot: "\n".join(as_markdown(make_slot(slot, settings))) for slot in GENERATED},
    }


def find_packages(example: Path) -> list[str]:
    """Find the packages that an example needs."""
    from .examples import list_requirements as list_lines

    return [line.partition(">")[0].partition("[")[0] for line in list_lines([example])]


def read_versions(packages: Iterable[str]) -> dict[str, str]:
    """Read the installed version of each package."""
    return {normalize(name): version(name) for name in dict.fromkeys(packages)}

"""``flask compare --loading`` and ``--validation``: compare one part without requests."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ..tables import build_grid, print_lines
from .progress import progress, report_failures


def compare_loading(choices: tuple[str, ...], rounds: int, as_json: bool) -> None:
    """Compare the ways of the loading examples, and print a table."""
    from ...lab.compare import parts
    from ...lab.compare.loading import compare_loading as run

    if choices:
        raise click.UsageError(
            "--loading compares the examples of the ORMs, not stacks. Leave out the stacks or --loading."
        )
    with report_failures(), TemporaryDirectory() as folder, progress("loading", rounds) as bar:
        ways = run(Path(folder), rounds, lambda: bar.update(1))
    if as_json:
        click.echo(json.dumps(parts.loading_as_json(ways, rounds), indent=2))
        return
    click.echo(parts.describe_loading(ways, rounds))
    print_lines([build_grid(parts.loading_as_rows(ways), ("cyan",))])


def compare_validation(choices: tuple[str, ...], rounds: int, as_json: bool) -> None:
    """Compare the options of the slot validation, and print the ranking."""
    from ...lab.compare import parts
    from ...lab.compare.validation import JOBS, rankings

    if choices:
        raise click.UsageError(
            "--validation compares all options of the slot validation, not stacks. "
            "Leave out the stacks or --validation."
        )
    with report_failures(), progress("calls", len(JOBS) * rounds) as bar:
        found = rankings(rounds, lambda: bar.update(1))
    lines = parts.ranking_as_lines(found, rounds)
    click.echo(json.dumps(parts.ranking_as_json(found, rounds), indent=2) if as_json else "\n".join(lines))

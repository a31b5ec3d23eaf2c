"""``flask compare --loading``, ``--validation`` and ``--growth``: compare one part."""

import json
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from ...stack.settings import Settings
from ..tables import build_grid, print_lines
from .progress import progress, report_failures


def compare_part(
    part: str,
    choices: tuple[str, ...],
    settings: Settings,
    articles: int,
    rounds: int,
    server: str | None,
    as_json: bool,
) -> None:
    """Compare ``loading``, ``validation`` or ``growth``.

    :param articles: the number of articles in the larger blog of ``growth``.
    :param server: the URL of a PostgreSQL server for ``growth``, instead of SQLite.
    """
    if part == "growth":
        compare_growth(choices, settings, articles, rounds, server, as_json)
    elif part == "loading":
        compare_loading(choices, rounds, as_json)
    else:
        compare_validation(choices, rounds, as_json)


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


def compare_growth(
    choices: tuple[str, ...], settings: Settings, articles: int, rounds: int, server: str | None, as_json: bool
) -> None:
    """Compare the lists of two blogs, and print a table.

    :param articles: the number of articles in the larger one.
    :param server: the URL of a PostgreSQL server, instead of SQLite.
    """
    from ...lab.compare import parts
    from ...lab.compare.growth import SMALL, find_installed, grow
    from ...lab.compare.growth import compare_growth as run
    from ...lab.postgresql import read_version

    if choices:
        raise click.UsageError(
            "--growth compares all options of the slot orm, not stacks. Leave out the stacks or --growth."
        )
    if articles <= SMALL.articles:
        raise click.UsageError(
            f"--growth compares with a blog of {SMALL.articles:,} articles, so {articles:,} are too few. "
            f"Use --articles {10 * SMALL.articles} or more."
        )
    large = grow(articles)
    with report_failures():
        lists = run(find_installed(settings), settings, large, rounds, progress, server)
    version = read_version(server) if server else None
    if as_json:
        click.echo(json.dumps(parts.growth_as_json(lists, large, rounds, version), indent=2))
        return
    click.echo(parts.describe_growth(large, rounds, version))
    print_lines([build_grid(parts.growth_as_rows(lists), ("cyan",))])


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

"""``flask compare``: measure the CPU time and the SQL statements of stacks.

:mod:`assembly_required.lab.compare` describes the method and its limits.
"""

import json
import sys
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from ..conduit.limits import PAGE_DEFAULT
from ..stack.packages import format_install
from ..stack.settings import Settings
from ..stack.slots import StackError
from ..stack.stacks import STACKS
from .choices import as_json, parse_choices, read_configuration

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..lab.compare.candidates import Candidate
    from ..lab.compare.data import Bar, Size
    from ..lab.compare.run import Effort


@click.command()
@click.argument("choices", nargs=-1, metavar="[STACK|SLOT=OPTION[,SLOT=OPTION...]]...")
@click.option("--quick", is_flag=True, help="Fewer rounds, and 1,000 articles instead of 10,000.")
@click.option("--rounds", type=click.IntRange(min=2), help="The number of times each request is timed.")
@click.option("--articles", type=click.IntRange(min=100), help="The number of articles in the database.")
@click.option("--page", type=click.IntRange(min=1), help="Also time this page of the article list, with 20 articles.")
@click.option("--no-baselines", is_flag=True, help="Leave out the baselines.")
@click.option("--validation", is_flag=True, help="Compare only the options of the slot validation, without requests.")
@click.option("--loading", is_flag=True, help="Compare only five ways to load a page of articles, with each ORM.")
@click.option("--growth", is_flag=True, help="Compare only the lists of a small blog with those of a large one.")
@as_json
def compare(
    choices: tuple[str, ...],
    quick: bool,
    rounds: int | None,
    articles: int | None,
    page: int | None,
    no_baselines: bool,
    validation: bool,
    loading: bool,
    growth: bool,
    as_json: bool,
) -> None:
    """Measure stacks: CPU time and SQL statements of each request, cold start and memory.

    \b
    flask compare                              every named stack that is installed
    flask compare classic hashing=plain        the others are compared with the first
    flask compare stack=classic,orm=flask_sqlalchemy
    flask compare --articles 100000 --page 1000    does a list stay fast?
    flask compare --validation                 only loading and dumping, ranked
    flask compare --loading                    lazy, eager, columns, prepared, by hand: with each ORM
    flask compare --growth                     1,000 articles and 100,000: does every list stay fast?

    Each choice starts from the stack classic, unless it names another one. The configuration of this installation is
    ignored. There are also baselines: the same requests written by hand with the same packages, as tutorials show it,
    with Flask only, and without any package, and a Flask app that returns empty responses.

    All candidates use one seeded database in instance/compare/. Their responses are compared first: if they differ,
    nothing is timed, and the exit status is 1. The time is CPU time in this process, without a server. The ratios are
    more reliable than the microseconds. The control is the first candidate, built a second time. Ignore a ratio that is
    as near to 1 as that of the control.
    """
    # Imported here because every `flask` command imports this module, and only this command needs them.
    from ..lab.compare.data import Size
    from ..lab.compare.run import QUICK, Effort

    settings = read_configuration()
    effort, size = (QUICK, Size(200, 1_000)) if quick else (Effort(), Size(2_000, 10_000))
    effort = replace(effort, rounds=rounds or effort.rounds)
    if growth:
        compare_growth(choices, settings, articles or 10 * size.articles, effort.rounds, as_json)
    elif loading:
        compare_loading(choices, effort.rounds, as_json)
    elif validation:
        compare_validation(choices, effort.rounds, as_json)
    else:
        size = replace(size, articles=articles or size.articles)
        check_page(page, size.articles)
        stacks = [create_candidate(choice, settings) for choice in dict.fromkeys(choices)] or find_installed(settings)
        candidates = [*stacks, *(() if no_baselines else find_baselines())]
        compare_candidates(candidates, settings, size, effort, page, as_json)


def compare_candidates(
    candidates: "list[Candidate]", settings: Settings, size: "Size", effort: "Effort", page: int | None, as_json: bool
) -> None:
    """Compare stacks and baselines, and print the report."""
    from ..lab.compare import report
    from ..lab.compare.run import run

    with report_differences():
        result = run(candidates, settings, size, effort, page, progress)
    click.echo(json.dumps(report.as_json(result), indent=2) if as_json else "\n".join(report.as_lines(result)))


def check_page(page: int | None, articles: int) -> None:
    """Check that the article list has this page.

    :raises click.UsageError: it does not.
    """
    last = -(-articles // PAGE_DEFAULT)
    if page and page > last:
        raise click.UsageError(
            f"There is no page {page:,}: {articles:,} articles fill {last:,} pages. "
            f"Use --page {last} or less, or more --articles."
        )


def compare_loading(choices: tuple[str, ...], rounds: int, as_json: bool) -> None:
    """Compare the ways of the loading examples, and print a table."""
    from ..lab.compare import report
    from ..lab.compare.loading import compare_loading as run
    from .tables import build_grid, print_lines

    if choices:
        raise click.UsageError(
            "--loading compares the examples of the ORMs, not stacks. Leave out the stacks or --loading."
        )
    with report_differences(), TemporaryDirectory() as folder, progress("loading", rounds) as bar:
        ways = run(Path(folder), rounds, lambda: bar.update(1))
    if as_json:
        click.echo(json.dumps(report.loading_as_json(ways, rounds), indent=2))
        return
    click.echo(report.describe_loading(ways, rounds))
    print_lines([build_grid(report.loading_as_rows(ways), ("cyan",))])


def compare_growth(choices: tuple[str, ...], settings: Settings, articles: int, rounds: int, as_json: bool) -> None:
    """Compare the lists of two blogs, and print a table.

    :param articles: the number of articles in the larger one.
    """
    from ..lab.compare import report
    from ..lab.compare.growth import SMALL, find_installed, grow
    from ..lab.compare.growth import compare_growth as run
    from .tables import build_grid, print_lines

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
    with report_differences():
        lists = run(find_installed(settings), settings, large, rounds, progress)
    if as_json:
        click.echo(json.dumps(report.growth_as_json(lists, large, rounds), indent=2))
        return
    click.echo(report.describe_growth(large, rounds))
    print_lines([build_grid(report.growth_as_rows(lists), ("cyan",))])


def compare_validation(choices: tuple[str, ...], rounds: int, as_json: bool) -> None:
    """Compare the options of the slot validation, and print the ranking."""
    from ..lab.compare import report
    from ..lab.compare.validation import JOBS, rankings

    if choices:
        raise click.UsageError(
            "--validation compares all options of the slot validation, not stacks. "
            "Leave out the stacks or --validation."
        )
    with report_differences(), progress("calls", len(JOBS) * rounds) as bar:
        found = rankings(rounds, lambda: bar.update(1))
    lines = report.ranking_as_lines(found, rounds)
    click.echo(json.dumps(report.ranking_as_json(found, rounds), indent=2) if as_json else "\n".join(lines))


@contextmanager
def report_differences() -> "Iterator[None]":
    """End the command with an error if the responses differ."""
    from ..lab.compare.endpoints import Different

    try:
        yield
    except Different as difference:
        raise click.ClickException(f"{difference}\nNothing was timed.") from None


def create_candidate(choice: str, settings: Settings) -> "Candidate":
    """Create a candidate from the name of a stack or from a list of SLOT=OPTION."""
    from ..lab.compare.candidates import stack

    layer = parse_choices(choice.split(",")) if "=" in choice else {"STACK": choice}
    return stack(choice, layer, settings)


def find_installed(settings: Settings) -> "list[Candidate]":
    """Find the named stacks that are installed. Print the others on standard error."""
    found, missing = [], []
    for name in STACKS:
        try:
            found.append(create_candidate(name, settings))
        except StackError:
            missing.append(name)
    if missing:
        click.echo(f"Not installed, left out: {', '.join(missing)}. To add them: {format_install(*missing)}", err=True)
    return found


def find_baselines() -> "Iterator[Candidate]":
    """Find the baselines whose packages are installed. Print the others on standard error."""
    from ..lab.compare.candidates import BASELINES

    missing = [each.name for each in BASELINES if not all(map(find_spec, each.needs))]
    if missing:
        click.echo(f"Not installed, left out: {', '.join(missing)}.", err=True)
    yield from (each for each in BASELINES if each.name not in missing)


def progress(label: str, length: int) -> "AbstractContextManager[Bar]":
    """Create a progress bar on standard error, so that standard output has only the result."""
    return click.progressbar(length=length, label=label.ljust(9), file=sys.stderr)

"""``flask compare``: measure the CPU time and the SQL statements of stacks.

:mod:`assembly_required.lab.compare` describes the method and its limits.
"""

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import click

from ...conduit.limits import PAGE_DEFAULT
from ...stack.settings import Settings
from ..choices import as_json, read_configuration

if TYPE_CHECKING:
    from ...lab.compare.candidates import Candidate
    from ...lab.compare.data import Size
    from ...lab.compare.run import Effort


@click.command()
@click.argument("choices", nargs=-1, metavar="[STACK|SLOT=OPTION[,SLOT=OPTION...]]...")
@click.option("--quick", is_flag=True, help="Fewer rounds, and 1,000 articles instead of 10,000.")
@click.option("--rounds", type=click.IntRange(min=2), help="The number of times each request is timed.")
@click.option("--articles", type=click.IntRange(min=100), help="The number of articles in the database.")
@click.option("--page", type=click.IntRange(min=1), help="Also time this page of the article list, with 20 articles.")
@click.option("--no-baselines", is_flag=True, help="Leave out the baselines.")
@click.option("--validation", is_flag=True, help="Compare only the options of the slot validation, without requests.")
@click.option("--loading", is_flag=True, help="Compare only five ways to load a page of articles, with each ORM.")
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

    Each choice starts from the stack classic, unless it names another one. The configuration of this installation is
    ignored. There are also baselines: the same requests written by hand with the same packages, as tutorials show it,
    with Flask only, and without any package, and a Flask app that returns empty responses.

    All candidates use one seeded database in instance/compare/. Their responses are compared first: if they differ,
    nothing is timed, and the exit status is 1. The time is CPU time in this process, without a server. The ratios are
    more reliable than the microseconds. The control is the first candidate, built a second time. Ignore a ratio that is
    as near to 1 as that of the control.
    """
    # Imported here because every `flask` command imports this module, and only this command needs them.
    from ...lab.compare.data import Size
    from ...lab.compare.run import QUICK, Effort
    from .chosen import create_candidate, find_baselines, find_installed
    from .parts import compare_loading, compare_validation

    settings = read_configuration()
    effort, size = (QUICK, Size(200, 1_000)) if quick else (Effort(), Size(2_000, 10_000))
    effort = replace(effort, rounds=rounds or effort.rounds)
    if loading:
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
    from ...lab.compare import report
    from ...lab.compare.run import run
    from .progress import progress, report_differences

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

"""``flask compare``: measure what stacks cost, in microseconds and SQL statements.

See :mod:`assembly_required.lab.compare` for how this is measured and what it leaves out.
"""

import json
import sys
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click

from ..conduit.limits import PAGE_DEFAULT
from ..stack.settings import Settings
from ..stack.slots import StackError
from ..stack.stacks import STACKS
from .stack import configured, parsed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ..lab.compare.candidates import Candidate
    from ..lab.compare.data import Bar


@click.command()
@click.argument("choices", nargs=-1, metavar="[STACK|SLOT=OPTION[,SLOT=OPTION...]]...")
@click.option("--quick", is_flag=True, help="Fewer rounds, and 1,000 articles instead of 10,000.")
@click.option("--rounds", type=click.IntRange(min=2), help="How often each request is timed.")
@click.option("--articles", type=click.IntRange(min=100), help="How many articles there are.")
@click.option("--page", type=click.IntRange(min=1), help="Also list this page, of 20 articles.")
@click.option("--no-baselines", is_flag=True, help="Leave out what is written by hand.")
@click.option("--validation", is_flag=True, help="The options of the slot validation alone, without requests.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
def compare(
    choices: tuple[str, ...],
    quick: bool,
    rounds: int | None,
    articles: int | None,
    page: int | None,
    no_baselines: bool,
    validation: bool,
    as_json: bool,
) -> None:
    """Measure what stacks cost: CPU time and SQL statements of a request, cold start, memory.

    \b
    flask compare                              every named stack that is installed
    flask compare classic hashing=plain        the first is what the others are compared with
    flask compare stack=classic,orm=flask_sqlalchemy
    flask compare --articles 100000 --page 1000    does a list stay fast?
    flask compare --validation                 loading and dumping alone, ranked

    A choice starts from the stack classic, unless it names another; what is configured here plays no part. Beside the
    stacks stand baselines: the same requests written by hand with the same packages, the way tutorials show it, with
    Flask alone, with nothing at all, and a Flask that answers nothing.

    All work on one seeded database, kept in instance/compare/, and their answers are compared first: if one differs,
    nothing is timed, and the exit status is 1. The time is that of the processor, in this process and without a
    server. Trust the ratios more than the microseconds, and no ratio nearer to 1 than that of the control, which is
    the first candidate built twice.
    """
    # Not at the top: every `flask` command imports this file, and only this one needs those.
    from ..lab.compare import report
    from ..lab.compare.data import Size
    from ..lab.compare.run import QUICK, Effort, run

    settings = configured()
    effort, size = (QUICK, Size(200, 1_000)) if quick else (Effort(), Size(2_000, 10_000))
    effort = replace(effort, rounds=rounds or effort.rounds)
    if validation:
        rank(choices, effort.rounds, as_json)
        return
    size = replace(size, articles=articles or size.articles)
    check_page(page, size.articles)
    stacks = [candidate(choice, settings) for choice in dict.fromkeys(choices)] or installed(settings)
    with nothing_timed():
        result = run([*stacks, *(() if no_baselines else by_hand())], settings, size, effort, page, progress)
    click.echo(json.dumps(report.as_json(result), indent=2) if as_json else "\n".join(report.as_lines(result)))


def check_page(page: int | None, articles: int) -> None:
    """
    :raises click.UsageError: there is no such page.
    """
    last = -(-articles // PAGE_DEFAULT)
    if page and page > last:
        raise click.UsageError(f"{articles:,} articles are {last:,} pages.")


def rank(choices: tuple[str, ...], rounds: int, as_json: bool) -> None:
    """The options of validation alone."""
    from ..lab.compare import report
    from ..lab.compare.validation import JOBS, rankings

    if choices:
        raise click.UsageError("--validation compares all options of that slot: leave out the stacks, or --validation.")
    with nothing_timed(), progress("calls", len(JOBS) * rounds) as bar:
        found = rankings(rounds, lambda: bar.update(1))
    lines = report.ranking_as_lines(found, rounds)
    click.echo(json.dumps(report.ranking_as_json(found, rounds), indent=2) if as_json else "\n".join(lines))


@contextmanager
def nothing_timed() -> "Iterator[None]":
    """Answers that differ end the command."""
    from ..lab.compare.endpoints import Different

    try:
        yield
    except Different as difference:
        raise click.ClickException(f"{difference}\nNothing was timed.") from None


def candidate(choice: str, settings: Settings) -> "Candidate":
    """A candidate by the name of its stack, or by what is different in it."""
    from ..lab.compare.candidates import stack

    layer = parsed(choice.split(",")) if "=" in choice else {"STACK": choice}
    return stack(choice, layer, settings)


def installed(settings: Settings) -> "list[Candidate]":
    """The named stacks whose packages are there; the others are named on standard error."""
    found = []
    for name in STACKS:
        try:
            found.append(candidate(name, settings))
        except StackError as error:
            click.echo(f"Left out: {name}. {error.message}", err=True)
    return found


def by_hand() -> "Iterator[Candidate]":
    """The baselines whose packages are there; the others are named on standard error."""
    from ..lab.compare.candidates import BASELINES

    for each in BASELINES:
        missing = [module for module in each.needs if find_spec(module) is None]
        if missing:
            click.echo(f"Left out: {each.name}, which needs {' and '.join(missing)}.", err=True)
        else:
            yield each


def progress(label: str, length: int) -> "AbstractContextManager[Bar]":
    """A bar on standard error, so that standard output stays clean."""
    return click.progressbar(length=length, label=label.ljust(9), file=sys.stderr)

"""``flask compare`` itself: measure candidates, and print what was found."""

import json
import shlex
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import click

from ...conduit.limits import PAGE_DEFAULT
from ...stack.settings import Settings
from ..tables import print_lines
from .progress import end_in_order, progress, report_failures

if TYPE_CHECKING:
    from ...lab.compare.data import Size
    from ...lab.compare.run import Effort
    from .chosen import Chosen


def choose_effort(quick: bool, rounds: int | None, articles: int | None) -> "tuple[Effort, Size]":
    """Choose how much to measure, and with how much data. What is ``None`` is as usual."""
    from ...lab.compare.data import Size
    from ...lab.compare.run import QUICK, Effort

    effort, size = (QUICK, Size(200, 1_000)) if quick else (Effort(), Size(2_000, 10_000))
    return replace(effort, rounds=rounds or effort.rounds), replace(size, articles=articles or size.articles)


def measure(
    chosen: "Chosen",
    settings: Settings,
    size: "Size",
    effort: "Effort",
    page: int | None,
    server: str | None,
) -> dict[str, Any]:
    """Measure candidates, and return the results as JSON values.

    :param page: a page of the article list to time as well.
    :param server: the URL of a PostgreSQL server, instead of SQLite.
    """
    from ...lab.compare.results import as_json
    from ...lab.compare.run import run

    check_page(page, size.articles)
    with report_failures(), end_in_order():
        report = run(chosen.candidates, settings, size, effort, page, progress, server, chosen.not_measured)
    return as_json(report, command=shlex.join(["flask", *sys.argv[1:]]))


def print_results(results: dict[str, Any], details: bool, as_json: bool) -> None:
    """Print results as tables and sentences, or as JSON."""
    from ...lab.compare.summary import render_details, render_summary

    if as_json:
        click.echo(json.dumps(results, indent=2))
        return
    print_lines(render_summary(results))
    if details:
        print_lines(render_details(results))


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

"""``flask check``: find mistakes in the configuration, as Django's ``manage.py check --deploy`` does."""

import json
import sys
from collections.abc import Collection
from itertools import groupby
from typing import Any

import click
from flask.cli import ScriptInfo

from ..checks import TOPICS, run_checks
from ..checks.registry import Finding, Level
from ..stack.slots import ConfigError
from .choices import as_json

COLORS = {Level.INFO: "cyan", Level.WARNING: "yellow", Level.ERROR: "red", Level.CRITICAL: "red"}


@click.command()
@click.option("--deploy", is_flag=True, help="Also check what only matters on a public server.")
@click.option("--tag", "topics", multiple=True, type=click.Choice(TOPICS), help="Check only this topic; repeatable.")
@click.option("--ignore", "ignored", multiple=True, metavar="CODE", help="Do not report this code; repeatable.")
@click.option(
    "--fail-level",
    type=click.Choice([level.name for level in Level], case_sensitive=False),
    default=Level.ERROR.name,
    help="The level from which on the exit status is 1. The default is ERROR.",
)
@as_json
@click.pass_context
def check(
    context: click.Context,
    deploy: bool,
    topics: tuple[str, ...],
    ignored: tuple[str, ...],
    fail_level: str,
    as_json: bool,
) -> None:
    """Check the configuration for mistakes.

    Run it as the user and with the environment of the server. Each finding has a code, says what
    to do, and names the check of Django for the same mistake, if there is one.
    """
    found = find_mistakes(context, deploy, topics or TOPICS)
    shown = [finding for finding in found if finding.code not in ignored]
    if as_json:
        click.echo(json.dumps([describe(finding) for finding in shown], indent=2))
    else:
        print_findings(shown, len(found) - len(shown))
        if not deploy:
            click.echo("Before the site goes public, run it with --deploy.")
    if any(finding.level >= Level[fail_level.upper()] for finding in shown):
        sys.exit(1)


def find_mistakes(context: click.Context, deploy: bool, topics: Collection[str]) -> list[Finding]:
    """Load the app and check it. An app that cannot be built is a finding too."""
    try:
        app = context.ensure_object(ScriptInfo).load_app()
    except ConfigError as error:
        return [explain_refusal(text) for text in error.problems]
    return run_checks(app, deploy=deploy, topics=topics)


def explain_refusal(text: str) -> Finding:
    """Turn one problem of a ``ConfigError`` into a finding."""
    problem, _, hint = text.partition("\n")
    return Finding("config.C001", problem, hint or "Correct it; nothing else can be checked before.")


def describe(finding: Finding) -> dict[str, Any]:
    """Describe a finding as JSON values."""
    return {
        "code": finding.code,
        "level": finding.level.name,
        "problem": finding.problem,
        "hint": finding.hint,
        "django": list(finding.django),
    }


def print_findings(findings: list[Finding], ignored: int) -> None:
    """Print the findings below their levels, and how many there are."""
    for level, group in groupby(findings, key=lambda finding: finding.level):
        click.secho(f"{level.name}S:", fg=COLORS[level], bold=True)
        for finding in group:
            click.echo(f"({click.style(finding.code, fg=COLORS[level])}) {finding.problem}")
            click.echo(f"    To do: {finding.hint}")
            if finding.django:
                click.echo(f"    In Django: {', '.join(finding.django)}")
        click.echo()
    counted = "no mistakes" if not findings else f"{len(findings)} mistake{'s' if len(findings) > 1 else ''}"
    click.echo(f"flask check found {counted}{f' ({ignored} ignored)' if ignored else ''}.")

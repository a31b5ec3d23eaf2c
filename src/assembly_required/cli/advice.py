"""Print what ``flask choose`` answers, from its JSON values."""

from collections.abc import Iterator
from itertools import groupby
from typing import Any

import click

SHOWN = 5
"""How many changes of several answers are printed."""


def print_decision(found: dict[str, Any]) -> None:
    """Print a decision: the answer and its reasons, the runner-up, and where the figures come from."""
    first, second = found["answer"], found["runner_up"]
    click.secho(f"Take {name_answer(first)}.", bold=True)
    if found["tie"]:
        click.echo(
            f"{second['name']} has as many points. {first['name']} is named first because it needs fewer packages."
        )
    print_how(first)
    print_reasons("Why", first["reasons"])
    print_reasons("Why these options", first.get("parts", []))
    print_reasons("Against it", first["against"])
    click.echo(f"\n{format_health(first['health'])}")
    if second:
        click.secho(f"\nThe runner-up: {name_answer(second)}", bold=True)
        print_changes(second)
        print_reasons("What speaks for it", second["reasons"])
        print_reasons("What speaks against it", second["against"])
    for each in found["ruled_out"]:
        print_reasons(f"Ruled out: {each['name']}", each["reasons"])
    print_source(found["measured"])


def print_source(measured: dict[str, Any]) -> None:
    """Print where and when the figures were measured, and where to see them."""
    machine = measured["machine"]
    click.echo(
        "\nEach reason names what shows it: a test, or a figure by its place in the results. They were measured on "
        f"{measured['date'][:10]}\non {machine['processor']}, {machine['cores']} cores, Python {machine['python']}, "
        f"by: {measured['command']}\nTo see all of them: flask compare --saved, or flask compare --saved --json"
    )


def name_answer(found: dict[str, Any]) -> str:
    """Name a framework, and how it is used."""
    if "config" in found:
        return f"{found['name']}, with {found['choice']}"
    return (
        f"{found['name']}, written with {found['written_with']}" if found["framework"] == "fastapi" else found["name"]
    )


def print_how(found: dict[str, Any]) -> None:
    """Print how to take an answer: lines to paste, and commands."""
    if "config" in found:
        click.echo("\nIn instance/config.toml:\n")
        click.echo("\n".join(f"    {line}" for line in found["config"]))
        click.echo("\nOr by commands, in the folder of this project:\n")
    else:
        click.echo(f"\nThis is what the same blog needs on it:\n\n    {found['install']}")
        click.echo(f"\nIts source is in {found['source']}. To run it:\n")
    click.echo("\n".join(f"    {command}" for command in found["commands"]))


def print_changes(found: dict[str, Any]) -> None:
    """Print which other answers would make the runner-up the answer."""
    changes = [" and ".join(each) for each in format_changes(found["wins_if"])]
    if not changes:
        click.echo("No other answer to one or two of the questions would make it the first.")
        return
    click.echo("It would be the answer with:")
    for change in changes[:SHOWN]:
        click.echo(f"    {change}")
    if len(changes) > SHOWN:
        click.echo(f"    ... and {len(changes) - SHOWN} other changes of two answers (--json lists them)")


def format_changes(changes: list[dict[str, str]]) -> Iterator[list[str]]:
    """Format changes as flags. Several choices of one question become one line.

    >>> list(format_changes([{"admin": "no"}, {"admin": "any"}, {"serves": "api", "types": "yes"}]))
    [['--admin no|any'], ['--serves api', '--types yes']]
    """
    for names, group in groupby(changes, key=tuple):
        together = list(group)
        if len(names) == 1:
            yield [f"--{names[0]} {'|'.join(change[names[0]] for change in together)}"]
        else:
            yield from ([f"--{name} {choice}" for name, choice in change.items()] for change in together)


def print_reasons(title: str, reasons: list[dict[str, Any]]) -> None:
    """Print reasons, each with what shows it."""
    from rich.padding import Padding
    from rich.text import Text

    from .tables import print_lines

    if reasons:
        click.echo(f"\n{click.style(title, bold=True)}")
    for reason in reasons:
        option = f"{reason['option']}: " if "option" in reason else ""
        shown = "; ".join(map(format_evidence, reason["evidence"]))
        print_lines([Padding(Text(f"- {option}{reason['sentence']}"), (0, 0, 0, 2))])
        print_lines([Padding(Text(f"shown by {shown}", style="dim"), (0, 0, 0, 6))])


def format_health(health: dict[str, Any]) -> str:
    """Say which packages are not active, or have known vulnerabilities.

    >>> row = {"maintenance": "dormant", "released": "2023-10-30", "advisories": []}
    >>> format_health({"gathered": "2026-11-27", "packages": {"flask-login": row}})
    'Packages without a release in the year before 2026-11-27: flask-login (2023-10). See: flask stack health'
    """
    rows = health["packages"].items()
    old = [f"{name} ({row['released'][:7]})" for name, row in rows if row["maintenance"] != "active"]
    known = [f"{name} ({', '.join(row['advisories'])})" for name, row in rows if row["advisories"]]
    vulnerable = f" With known vulnerabilities: {', '.join(known)}." if known else ""
    return (
        f"Packages without a release in the year before {health['gathered']}: {', '.join(old) or 'none'}.{vulnerable} "
        "See: flask stack health"
    )


def format_evidence(evidence: dict[str, Any]) -> str:
    """Format what shows that a reason is true."""
    if evidence["kind"] == "figure":
        return str(evidence["path"])
    if evidence["kind"] == "test":
        return str(evidence["test"])
    return f"{evidence['option']} ({evidence['sentence']})"

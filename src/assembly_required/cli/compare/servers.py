"""``flask compare --serve`` and ``--waiting``: measure servers with requests from outside."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from importlib.util import find_spec
from typing import TYPE_CHECKING

import click
from rich.text import Text

from ...lab.peers import PEERS
from ...stack.names import suggest
from ...stack.packages import format_install
from ...stack.settings import Settings
from ..tables import build_grid, print_lines
from .chosen import create_candidate
from .progress import end_in_order, progress, report_failures

if TYPE_CHECKING:
    from ...lab.compare.candidates import Candidate
    from ...lab.serve.applications import Application
    from ...lab.serve.findings import Finding, Result

DEFAULT = ("classic", "peer=django", "peer=fastapi", "peer=fastapi_async")


def compare_servers(
    choices: Sequence[str],
    names: Sequence[str],
    settings: Settings,
    quick: bool,
    rounds: int | None,
    postgresql: str | None,
    as_json: bool,
) -> None:
    """Measure applications on servers, and print a table and what follows from it."""
    with report_missing("--serve"):
        from ...lab.postgresql import read_version
        from ...lab.serve import report
        from ...lab.serve.conditions import describe_conditions
        from ...lab.serve.findings import find_serve
        from ...lab.serve.rows import QUICK, Effort
        from ...lab.serve.run import run
        from ...lab.serve.servers import SERVERS

        applications = find_applications(choices, settings)
        servers = find_servers(names, applications)
        effort = QUICK if quick else Effort()
        effort = replace(effort, rounds=rounds or effort.rounds)
        results, died = run(applications, servers, effort, postgresql, progress)
        report_died(results, died)
    findings = find_serve(results) if effort.rounds > 1 else []
    if as_json:
        frameworks = [each.framework for each in applications]
        packages = [*frameworks, *(name for server in servers for name in SERVERS[server].modules)]
        conditions = describe_conditions(effort, packages, postgresql and read_version(postgresql))
        click.echo(json.dumps({**conditions, "serve": results, "findings": findings, "not_measured": died}, indent=2))
    else:
        print_report(report.describe_serve(effort), report.serve_as_rows(results), findings, effort.rounds)


def compare_waiting(choices: Sequence[str], quick: bool, rounds: int | None, as_json: bool) -> None:
    """Measure the ways to wait for another service, and print a table and what follows from it."""
    if choices:
        raise click.UsageError(
            "--waiting compares frameworks and servers, not stacks. Leave out the stacks or --waiting."
        )
    with report_missing("--waiting"):
        from ...lab.serve.conditions import describe_conditions
        from ...lab.serve.waiting import report
        from ...lab.serve.waiting.findings import find_waiting
        from ...lab.serve.waiting.run import QUICK, Effort, run
        from ...lab.serve.waiting.ways import WAYS

        ways = [way for way in WAYS if way.is_installed]
        say_left_out([way.name for way in WAYS if not way.is_installed], "serve", "peer-fastapi", "peer-django")
        effort = QUICK if quick else Effort()
        effort = replace(effort, rounds=rounds or effort.rounds)
        results, died = run(ways, effort, progress)
        report_died(results, died)
    findings = find_waiting(results)
    if as_json:
        conditions = describe_conditions(effort, [name for way in ways for name in way.modules], None)
        click.echo(json.dumps({**conditions, "waiting": results, "findings": findings, "not_measured": died}, indent=2))
    else:
        print_report(report.describe_waiting(effort), report.waiting_as_rows(results), findings, effort.rounds)


@contextmanager
def report_missing(option: str) -> Iterator[None]:
    """End the command with an error if something that it needs is missing or fails."""
    if find_spec("psutil") is None:
        raise click.ClickException(f"{option} needs psutil, which is not installed. Run: {format_install('serve')}")
    from ...lab.serve.servers import ServeError

    try:
        with report_failures(), end_in_order():
            yield
    except ServeError as error:
        raise click.ClickException(str(error)) from None


def find_applications(choices: Sequence[str], settings: Settings) -> "list[Application]":
    """Find the applications that the command line names; without names, the default ones that are installed."""
    from ...lab.compare.candidates import peer

    missing = [f"peer={name}" for name in PEERS if peer(name).missing()]
    if not choices:
        say_left_out([name for name in DEFAULT if name in missing], "peer-django", "peer-fastapi")
    named = choices or [name for name in DEFAULT if name not in missing]
    return [find_application(create_candidate(choice, settings), settings) for choice in dict.fromkeys(named)]


def find_application(candidate: "Candidate", settings: Settings) -> "Application":
    """Return a candidate as something that servers can serve."""
    from ...lab.serve.applications import PeerApplication, Stack

    if candidate.peer:
        return PeerApplication(PEERS[candidate.peer])
    keys = {key: value for key, value in (candidate.options or {}).items() if key.isupper()}
    return Stack(candidate.name, keys, settings.root)


def find_servers(names: Sequence[str], applications: "Sequence[Application]") -> list[str]:
    """Find the servers that the command line names; without names, those that are installed.

    :raises ServeError: servers are not installed.
    """
    from ...lab.serve.servers import SERVERS, check_installed

    for name in names:
        if name not in SERVERS:
            known = ", ".join(SERVERS)
            raise click.UsageError(f"{name!r} is not a server: choose one of {known}.{suggest(name, SERVERS)}")
    check_installed(names)
    able = dict.fromkeys(name for each in applications for name in each.servers)
    asked = [name for name in able if name in (names or able)]
    found = [name for name in asked if SERVERS[name].is_installed]
    say_left_out([name for name in asked if name not in found], "serve")
    if not found:
        raise click.UsageError(
            f"None of these applications runs on {', '.join(names)}. Choose from {', '.join(able)}."
            if names
            else f"None of {', '.join(able)} is installed. Run: {format_install('serve')}"
        )
    return found


def say_left_out(missing: Sequence[str], *extras: str) -> None:
    """Print on standard error what is not installed."""
    if missing:
        click.echo(f"Not installed, left out: {'; '.join(missing)}. To add them: {format_install(*extras)}", err=True)


def report_died(results: "Sequence[Result]", died: Mapping[str, str]) -> None:
    """Print on standard error which servers ended and why.

    :raises ServeError: no server was measured.
    """
    from ...lab.serve.servers import ServeError

    if not results:
        raise ServeError("\n\n".join(died.values()))
    for why in died.values():
        click.echo(f"Not measured: {why}\n", err=True)


def print_report(method: str, rows: Sequence[Sequence[str]], findings: "Sequence[Finding]", rounds: int) -> None:
    """Print how it was measured, the table, and the sentences."""
    conclusion = [each["sentence"] for each in findings]
    if rounds == 1:
        conclusion.append("This was one round. Run it without --quick to see which differences are more than chance.")
    print_lines([Text(method), Text(), build_grid(rows, ("cyan",)), Text(), *(Text(each) for each in conclusion)])

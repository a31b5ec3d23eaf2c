"""``flask compare --save``, ``--saved`` and ``--html``: keep results, show those that are kept, write a report."""

from collections.abc import Sequence
from dataclasses import replace
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ...stack.packages import format_install
from ...stack.settings import Settings
from ...stack.slots import SLOTS, StackError
from .candidates import measure, print_results
from .chosen import Chosen, choose_candidates, create_candidate
from .progress import progress
from .servers import find_applications, find_servers, report_missing

if TYPE_CHECKING:
    from ...lab.compare.data import Size
    from ...lab.compare.run import Effort


def show_results(results: dict[str, Any], details: bool, as_json: bool, html: Path | None) -> None:
    """Print results, and write their report if a file is named.

    :raises click.ClickException: the file cannot be written.
    """
    print_results(results, details, as_json)
    if html:
        write_report(results, html)


def write_report(results: dict[str, Any], path: Path) -> None:
    """Write the report of some results.

    :raises click.ClickException: the file cannot be written.
    """
    from ...lab.files import write_atomically
    from ...lab.health import read_table
    from ...lab.inventory import take_inventory
    from ...lab.report import render

    try:
        write_atomically(path, render({**take_inventory(), **results}, read_table()))
    except OSError as error:
        raise click.ClickException(f"The report cannot be written to {path}: {error}. Name another file.") from None
    click.echo(f"Wrote {path}", err=True)


def check_options(html: Path | None, choices: Sequence[str], kept: str | None, part: bool) -> None:
    """Check that the options about kept results fit together, before anything is measured.

    :param kept: ``save`` or ``saved``.
    :param part: whether only a part is compared, such as ``--loading``.
    :raises click.UsageError: they do not.
    """
    if kept and choices:
        raise click.UsageError(f"--{kept} is about everything, not about {', '.join(choices)}. Leave out one of them.")
    if part and (kept or html):
        raise click.UsageError("--save, --saved and --html need the whole comparison. Leave out the other options.")
    if html and not html.absolute().parent.is_dir():
        raise click.UsageError(f"The report cannot be written to {html}: there is no such folder. Name another file.")


def read_kept() -> dict[str, Any]:
    """Read the results that are kept in the package, and print on standard error which versions have changed since."""
    from ...lab.measured import read_measured

    results = read_measured()
    click.echo(describe_changes(results), err=True)
    return results


def describe_changes(results: dict[str, Any]) -> str:
    """Say which versions have changed since some results were measured, one to a line."""
    from ...lab.measured import find_changes

    changes = {name: (then, now) for name, then, now in find_changes(results)}
    lines = [f"  {name} {then} -> {now}" for name, (then, now) in changes.items() if now]
    absent = [name for name, (_, now) in changes.items() if now is None]
    title = "Versions that have changed" if lines else "No version has changed"
    lines = [f"{title} since {results['measured']}{':' if lines else '.'}", *lines]
    return "\n".join([*lines, *([f"Not installed here: {', '.join(absent)}."] if absent else [])])


def measure_all(
    settings: Settings, size: "Size", effort: "Effort", quick: bool, postgresql: str | None
) -> dict[str, Any]:
    """Measure everything, keep it in the package, and return it.

    :param postgresql: the URL of a PostgreSQL server, to measure servers with it too.
    :raises click.ClickException: a program that this needs is missing, or a measurement failed. What was kept before is
        as it was.
    """
    from ...lab.inventory import take_inventory
    from ...lab.measured import MEASURED, write_measured

    if find_spec("pytest") is None:
        raise click.ClickException(
            f"--save runs the contract, which needs pytest, not installed. Run: {format_install('test')}"
        )
    with report_missing("--save"):
        chosen = choose_everything(settings)
        results = measure(chosen, settings, size, effort, page=None, server=None)
        results |= take_inventory()
        results["contract"] = run_contracts(results, settings.root)
        add_servers(results, settings, quick, postgresql)
    write_measured(results)
    click.echo(f"Wrote {MEASURED}", err=True)
    return results


def choose_everything(settings: Settings) -> Chosen:
    """Choose every named stack, every option as the only change of the default stack, every peer and baseline."""
    from ...lab.measured import UNTIMED, list_choices

    chosen = choose_candidates((), settings, baselines=True, sqlite=True)
    for choice in list_choices():
        slot, _, name = choice.partition("=")
        try:
            candidate = create_candidate(choice, settings)
        except StackError:
            chosen.leave_out({choice: f"It is not installed. Run: {format_install(SLOTS[slot].option(name).extra)}"})
        else:
            chosen.candidates.append(replace(candidate, timed=slot not in UNTIMED))
    return chosen


def run_contracts(results: dict[str, Any], root: Path) -> dict[str, Any]:
    """Run the contract on every stack and peer that was measured.

    :raises click.ClickException: it could not be run.
    """
    from ...lab.conformance import NotRun, run_contract

    names = [each["name"] for each in results["candidates"] if each["kind"] in ("stack", "peer")]
    found = {}
    with progress("contract", len(names)) as bar:
        for name in names:
            try:
                found[name] = run_contract(name, root)
            except NotRun as error:
                raise click.ClickException(str(error)) from None
            bar.update(1)
    return found


def add_servers(results: dict[str, Any], settings: Settings, quick: bool, postgresql: str | None) -> None:
    """Measure the servers and the endpoint that waits, and add what follows from them."""
    from ...lab.postgresql import read_version
    from ...lab.serve import rows, run
    from ...lab.serve.findings import find_serve
    from ...lab.serve.servers import SERVERS
    from ...lab.serve.waiting import run as waiting
    from ...lab.serve.waiting.findings import find_waiting
    from ...lab.serve.waiting.ways import WAYS

    applications = find_applications((), settings)
    servers = find_servers((), applications)
    effort = rows.QUICK if quick else rows.Effort()
    results["serve"], died = run.run(applications, servers, effort, postgresql, progress)
    results["not_measured"] |= died
    if postgresql:
        results["machine"]["postgresql"] = read_version(postgresql)
    ways = [way for way in WAYS if way.is_installed]
    packages = [name for server in servers for name in SERVERS[server].modules]
    packages += [name for way in ways for name in way.modules]
    results["versions"] |= {name: version(name) for name in sorted({*packages})}
    results["waiting"], died = waiting.run(ways, waiting.QUICK if quick else waiting.Effort(), progress)
    results["not_measured"] |= died
    results["findings"] += [*(() if quick else find_serve(results["serve"])), *find_waiting(results["waiting"])]

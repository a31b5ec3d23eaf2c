"""``flask stack differences``: print the tables of :mod:`assembly_required.lab.differences`."""

import json
import sys
from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from typing import Literal

import click

from ..lab.differences import GENERATED, Watch
from ..lab.differences.rendering import as_lines, as_markdown
from ..lab.differences.table import Table, as_json
from ..stack.settings import Settings
from ..stack.slots import SLOTS, Option

Form = Literal["lines", "json", "markdown"]


def check(slot: str | None, json: bool, markdown: bool) -> None:
    """Check the arguments of the command.

    :raises click.UsageError: the slot has no tables, or two output formats were given.
    """
    if json and markdown:
        raise click.UsageError("--json and --markdown were both given, but there is only one output. Use one of them.")
    if slot is None or slot in GENERATED:
        return
    wrong = (
        f"The differences of {slot!r} are not generated: compare the source of its options instead "
        f"('flask stack diff {slot}=ONE {slot}=OTHER')."
        if slot in SLOTS
        else f"{slot!r} is not a slot."
    )
    raise click.UsageError(f"{wrong} Choose one of {', '.join(GENERATED)}, or none for all of them.")


def make_tables(slot: str | None, settings: Settings) -> dict[str, list[Table]]:
    """Generate the tables of one slot or of all slots."""
    return {name: make_slot(name, settings) for name in ([slot] if slot else GENERATED)}


def make_slot(slot: str, settings: Settings) -> list[Table]:
    """Generate the tables of one slot."""
    generate: Callable[[Settings, Watch], list[Table]] = import_module(
        f"assembly_required.lab.differences.{slot}"
    ).tables
    return generate(settings, lambda options: show_progress(slot, options))


def show_progress(slot: str, options: Iterable[Option]) -> Iterator[Option]:
    """Show a progress bar on standard error, so that standard output has only the result."""
    with click.progressbar(options, label=slot.ljust(10), file=sys.stderr) as bar:
        yield from bar


def format_tables(tables: dict[str, list[Table]], form: Form) -> str:
    """Format all tables as one text."""
    if form == "json":
        shown = {slot: [as_json(table) for table in each] for slot, each in tables.items()}
        return json.dumps(shown, indent=2, default=str)
    listed = [table for each in tables.values() for table in each]
    return "\n".join(as_markdown(listed) if form == "markdown" else as_lines(listed)).rstrip()

"""``flask stack differences``: the tables of :mod:`assembly_required.lab.differences`, as text, Markdown or JSON."""

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
    """
    :raises click.UsageError: there is nothing to show, or two forms were asked for.
    """
    if json and markdown:
        raise click.UsageError("--json and --markdown are two forms of one answer: choose one of them.")
    if slot is None or slot in GENERATED:
        return
    wrong = (
        f"The differences of {slot!r} are not generated: its options are best told apart by their source "
        f"('flask stack diff {slot}=ONE {slot}=OTHER')."
        if slot in SLOTS
        else f"{slot!r} is no slot."
    )
    raise click.UsageError(f"{wrong} Choose one of {', '.join(GENERATED)}, or none for all of them.")


def found(slot: str | None, settings: Settings) -> dict[str, list[Table]]:
    """The tables, by slot."""
    return {name: tables(name, settings) for name in ([slot] if slot else GENERATED)}


def tables(slot: str, settings: Settings) -> list[Table]:
    """The tables of one slot, found out now."""
    generate: Callable[[Settings, Watch], list[Table]] = import_module(
        f"assembly_required.lab.differences.{slot}"
    ).tables
    return generate(settings, lambda options: watched(slot, options))


def watched(slot: str, options: Iterable[Option]) -> Iterator[Option]:
    """A bar on standard error, so that standard output stays clean."""
    with click.progressbar(options, label=slot.ljust(10), file=sys.stderr) as bar:
        yield from bar


def formed(found: dict[str, list[Table]], form: Form) -> str:
    """All tables in one text."""
    if form == "json":
        shown = {slot: [as_json(table) for table in tables] for slot, tables in found.items()}
        return json.dumps(shown, indent=2, default=str)
    each = [table for tables in found.values() for table in tables]
    return "\n".join(as_markdown(each) if form == "markdown" else as_lines(each)).rstrip()

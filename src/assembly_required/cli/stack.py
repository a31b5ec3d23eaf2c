"""``flask stack``: which extension fills which slot, which could, and what fits.

*In Django* ``diffsettings`` shows what differs from the defaults.

*Here* three commands that read the configuration without building the app, so they also answer when it cannot be built.

*What it costs*: a configuration passed to ``create_app`` in code is not seen from here.

*Next*: :mod:`assembly_required.cli.db`.
"""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import ScriptInfo

from ..assembly import Choice, choose
from ..settings import Settings, read_settings
from ..slots import SLOTS, Option, Slot, StackError
from ..stacks import STACKS

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.group()
def stack() -> None:
    """Look at the stack: what fills each slot.

    \b
    Choose a stack:   STACK = "classic"         in instance/config.toml
    Change one slot:  STACK_ORM = "..."         in instance/config.toml
    Just this once:   FLASK_STACK_ORM=... flask run
    """


@stack.command()
@as_json
def show(as_json: bool) -> None:
    """Show the option in each slot, and why it is there."""
    settings = configured()
    choice = choose(settings)
    if as_json:
        slots = {name: {"option": chosen.option.name, "why": chosen.why} for name, chosen in choice.items()}
        click.echo(json.dumps({"stack": settings.values["STACK"], "slots": slots}, indent=2))
    else:
        print_choice(choice)


@stack.command()
@click.argument("slot", required=False, type=click.Choice(list(SLOTS)))
@as_json
def options(slot: str | None, as_json: bool) -> None:
    """List the options of SLOT, or of every slot: what each needs, and what it cannot do.

    The first option of a slot is its default.
    """
    slots = [SLOTS[slot]] if slot else list(SLOTS.values())
    if as_json:
        click.echo(json.dumps({each.name: described(each) for each in slots}, indent=2))
        return
    for each in slots:
        click.echo(f"{click.style(each.name, bold=True)}, which stands for {each.stands_for}")
        print_table((f"  {option.name}", "; ".join(remarks(option))) for option in each.options)


@stack.command()
@click.argument("choices", nargs=-1, metavar="[SLOT=OPTION]...")
@as_json
def check(choices: tuple[str, ...], as_json: bool) -> None:
    """Say whether a stack fits together: the configured one, with the slots named here changed.

    \b
    flask stack check
    flask stack check orm=flask_sqlalchemy docs=flask_smorest

    Exits with 0 if it fits, with 2 if it does not.
    """
    settings = configured()
    settings.add(parsed(choices), "the command line")
    try:
        choice = choose(settings)
    except StackError as error:
        if not as_json:
            raise
        click.echo(json.dumps({"fits": False, "problems": error.message.split("\n\n")}, indent=2))
        raise SystemExit(StackError.exit_code) from None
    if as_json:
        fitting = {name: chosen.option.name for name, chosen in choice.items()}
        click.echo(json.dumps({"fits": True, "slots": fitting}, indent=2))
    else:
        print_choice(choice)
        click.echo("It fits.")


def configured() -> Settings:
    """The settings of the project in which ``flask`` was called: the folder of its ``wsgi.py``."""
    script = click.get_current_context().ensure_object(ScriptInfo).app_import_path or ""
    file = Path(script.rpartition(":")[0] or script)
    return read_settings(root=file.parent if file.suffix == ".py" else Path.cwd())


def parsed(choices: Sequence[str]) -> dict[str, str]:
    """``SLOT=OPTION`` as config keys; ``stack=NAME`` is one too."""
    layer = {}
    for choice in choices:
        slot, _, option = choice.partition("=")
        if slot not in [*SLOTS, "stack"] or not option:
            names = ", ".join(["stack", *SLOTS])
            raise click.UsageError(f"{choice!r} is not of the form SLOT=OPTION, with SLOT one of {names}.")
        layer["STACK" if slot == "stack" else SLOTS[slot].key] = option
    return layer


def described(slot: Slot) -> dict[str, Any]:
    """A slot as JSON values."""
    return {
        "stands_for": slot.stands_for,
        "stacks": {name: choices.get(slot.name, slot.names[0]) for name, choices in STACKS.items()},
        "options": [
            {
                "name": option.name,
                "installed": not option.missing(),
                "needs": [{"slot": n.slot, "among": list(n.among), "because": n.because} for n in option.needs],
                "cannot": list(option.cannot),
            }
            for option in slot.options
        ],
    }


def remarks(option: Option) -> list[str]:
    """What there is to say about an option, in a few words each."""
    said = [f"not installed: pip install -e '.[{option.extra}]'"] if option.missing() else ["installed"]
    said += [f"needs {need.slot} = {' or '.join(need.among)}: {need.because}" for need in option.needs]
    return said + [f"cannot: {each}" for each in option.cannot]


def print_choice(choice: Choice) -> None:
    """One line for each slot."""
    print_table((name, chosen.option.name, chosen.why) for name, chosen in choice.items())


def print_table(rows: Iterable[tuple[str, ...]]) -> None:
    """Rows of texts in aligned columns."""
    lines = list(rows)
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    for line in lines:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())

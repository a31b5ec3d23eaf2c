"""``flask stack``: which extension fills which slot, which could, and what fits.

*In Django* ``diffsettings`` shows what differs from the defaults.

*Here* commands that read the configuration without building the app, so they also answer when it cannot be built.

*What it costs*: a configuration passed to ``create_app`` in code is not seen from here.

*Next*: :mod:`assembly_required.cli.configure`.
"""

import json
import os
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import ScriptInfo

from ..conduit.operations import operations
from ..stack.assembly import Choice, choose
from ..stack.names import find_close
from ..stack.settings import Settings, read_settings
from ..stack.slots import SLOTS, Option, Slot, StackError
from ..stack.stacks import STACKS
from . import configure, siblings

as_json = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")


@click.group()
def stack() -> None:
    """Look at the stack, and change it: what fills each slot.

    \b
    Choose a stack:   flask stack set stack=bare
    Change one slot:  flask stack set orm=plain
    Just this once:   FLASK_STACK_ORM=plain flask run
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

    The first option of a slot is its default. An adapter from outside is an option too: tokens=their_package.tokens.
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
    flask stack check orm=plain docs=flask_smorest

    Exits with 0 if it fits, with 2 if it does not.
    """
    settings = configured()
    settings.add(parsed(choices), "the command line")
    try:
        choice = configure.choose_checked(settings)
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


@stack.command("set")
@click.argument("choices", nargs=-1, metavar="[SLOT=OPTION]...")
@click.option("--unset", multiple=True, metavar="SLOT", help="Take the choice for SLOT back; may be repeated.")
def set_(choices: tuple[str, ...], unset: tuple[str, ...]) -> None:
    """Write choices into instance/config.toml, if the stack then fits together.

    \b
    flask stack set orm=plain
    flask stack set stack=bare hashing=argon2
    flask stack set --unset orm

    Comments in the file stay. A named stack takes back the choices made for single slots before.
    """
    if not choices and not unset:
        raise click.UsageError("Say what to set: SLOT=OPTION, or --unset SLOT.")
    settings = project()
    path = configure.write(settings, parsed(choices), [key_of(slot) for slot in unset])
    click.echo(f"Wrote {path}")
    print_choice(choose(configured()))


@stack.command()
@click.argument("one")
@click.argument("other")
def diff(one: str, other: str) -> None:
    """Show what differs between ONE and OTHER: two stacks, or two options of one slot.

    \b
    flask stack diff classic bare
    flask stack diff orm=flask_sqlalchemy orm=plain
    flask stack diff tokens=plain tokens=their_package.tokens

    First what each brings along, in packages and lines of adapter code; then the diff of the adapters' source.
    """
    pairs = [(SLOTS[name], *found) for name, found in differing(one, other).items()]
    if not pairs:
        click.echo(f"{one} and {other} are the same.")
        return
    lines = [f"{line}\n" for line in summary(pairs)]
    for slot, left, right in pairs:
        lines += ["\n", *siblings.difference(slot, left, right)]
    if sys.stdout.isatty():
        click.echo_via_pager(lines, color="NO_COLOR" not in os.environ)
    else:
        click.echo("".join(lines), nl=False)


@stack.command()
@click.argument("operation", type=click.Choice([each.id for each in operations]))
@click.argument("choices", nargs=-1, metavar="[SLOT=OPTION]...")
def sql(operation: str, choices: tuple[str, ...]) -> None:
    """Show the SQL that OPERATION sends, with the configured stack or with the slots named here changed.

    \b
    flask stack sql list_articles
    flask stack sql list_articles orm=plain

    It is carried out on a copy of the demo blog that is thrown away.
    """
    from .sql import statements

    settings = configured()
    settings.add(parsed(choices), "the command line")
    chosen = {key: settings.values[key] for key in ["STACK", *(slot.key for slot in SLOTS.values())]}
    (found,) = [each for each in operations if each.id == operation]
    click.echo("\n\n".join(f"{statement};" for statement in statements(found, settings.root, chosen)))


@stack.command()
@click.argument("slot", required=False)
@as_json
@click.option("--markdown", is_flag=True, help="Print Markdown, for a page.")
def differences(slot: str | None, as_json: bool, markdown: bool) -> None:
    """Show how the options of SLOT differ in what they do, found out by running them.

    \b
    validation   what each library answers to bad input, left alone
    docs         the same, where the extension does the loading
    tokens       what a token carries
    hashing      what a hash looks like, and what it costs

    Without SLOT all of them. Options whose packages are not installed are named, and left out.
    """
    from .differences import check, formed, found

    check(slot, as_json, markdown)
    text = formed(found(slot, configured()), "json" if as_json else "markdown" if markdown else "lines")
    if sys.stdout.isatty() and not (as_json or markdown):
        click.echo_via_pager(text, color="NO_COLOR" not in os.environ)
    else:
        click.echo(text)


def project() -> Settings:
    """Where the project lies, whatever its configuration says."""
    return read_settings(root=root(), text="")


def configured() -> Settings:
    """The settings of the project in which ``flask`` was called."""
    return read_settings(root=root())


def root() -> Path:
    """The folder of the project's ``wsgi.py``; modules beside it can be imported, as under ``flask run``."""
    script = click.get_current_context().ensure_object(ScriptInfo).app_import_path or ""
    file = Path(script.rpartition(":")[0] or script)
    folder = file.parent if file.suffix == ".py" else Path.cwd()
    if (entry := str(folder.resolve())) not in sys.path:
        sys.path.insert(0, entry)
    return folder


def key_of(slot: str) -> str:
    """The config key of a slot, or of the stack."""
    if slot not in [*SLOTS, "stack"]:
        raise click.UsageError(f"{slot!r} is no slot: choose one of {', '.join(['stack', *SLOTS])}.")
    return "STACK" if slot == "stack" else SLOTS[slot].key


def differing(one: str, other: str) -> dict[str, tuple[Option, Option]]:
    """The slots in which two stacks differ, or the one slot of two options."""
    if "=" in one and "=" in other:
        (slot, first), (again, second) = one.split("=", 1), other.split("=", 1)
        known = slot in SLOTS and all("." in name or name in SLOTS[slot].names for name in (first, second))
        if slot != again or not known:
            raise click.UsageError(f"{one!r} and {other!r} are not two options of one slot: see 'flask stack options'.")
        return {slot: (option(slot, first), option(slot, second))} if first != second else {}
    for each in (one, other):
        if each not in STACKS:
            names = ", ".join(STACKS)
            raise click.UsageError(f"{each!r} is no stack: choose two of {names}, or two options as SLOT=OPTION.")
    left, right = (options_of(STACKS[each]) for each in (one, other))
    return {name: (left[name], right[name]) for name in SLOTS if left[name] != right[name]}


def option(slot: str, name: str) -> Option:
    """An option of a slot; one behind a dotted path has to be there."""
    if "." not in name:
        return SLOTS[slot].option(name)
    asked = Settings(root(), root())
    asked.add({key_of(slot): name}, "the command line")
    return choose(asked)[slot].option


def options_of(choices: Mapping[str, str]) -> dict[str, Option]:
    """The option of a named stack for every slot."""
    return {name: slot.option(choices.get(name, slot.names[0])) for name, slot in SLOTS.items()}


def summary(pairs: Sequence[tuple[Slot, Option, Option]]) -> list[str]:
    """What each option brings along."""
    rows = [("", "option", "lines", "MB", "packages")]
    for slot, *both in pairs:
        for option in both:
            found = siblings.brought(slot, option)
            packages = ", ".join(found.packages) or "none"
            rows.append((slot.name, option.name, str(found.lines), f"{found.size / 1e6:.1f}", packages))
    return table(rows) + (["", *table(totals(pairs))] if len(pairs) > 1 else [])


def totals(pairs: Sequence[tuple[Slot, Option, Option]]) -> list[tuple[str, ...]]:
    """Both sides as a whole; a package that several options need counts once."""
    sides = {"the one": [(slot, one) for slot, one, _ in pairs], "the other": [(slot, two) for slot, _, two in pairs]}
    rows: list[tuple[str, ...]] = []
    for side, options in sides.items():
        found = [siblings.brought(slot, option) for slot, option in options]
        packages = {name: size for each in found for name, size in each.packages.items()}
        lines, size = sum(each.lines for each in found), sum(packages.values())
        rows.append((side, f"{lines} lines", f"{len(packages)} packages", f"{size / 1e6:.1f} MB"))
    return rows


def parsed(choices: Sequence[str]) -> dict[str, str]:
    """``SLOT=OPTION`` as config keys; ``stack=NAME`` is one too."""
    layer = {}
    for choice in choices:
        slot, _, option = choice.partition("=")
        if slot not in [*SLOTS, "stack"] or not option:
            names = ", ".join(["stack", *SLOTS])
            meant = find_close(slot, ["stack", *SLOTS]) if slot not in SLOTS else None
            hint = f" Did you mean {meant}={option}?" if meant and option else ""
            raise click.UsageError(f"{choice!r} is not of the form SLOT=OPTION, with SLOT one of {names}.{hint}")
        layer[key_of(slot)] = option
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
    for line in table(list(rows)):
        click.echo(line)


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows of texts as lines in aligned columns."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]

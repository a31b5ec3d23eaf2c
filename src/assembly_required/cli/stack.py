"""``flask stack``: show and change the option in each slot.

The commands read the configuration without building the app, so they also work when it cannot be built. A
configuration passed to ``create_app`` in code is not seen here.
"""

import json
import os
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import click

from ..conduit.operations import operations
from ..lab import weight
from ..stack.assembly import Choice, choose
from ..stack.describe import describe_stack
from ..stack.packages import format_install
from ..stack.slots import SLOTS, ConfigError, Option, Slot, StackError
from ..stack.stacks import NOTES, STACKS
from . import configure, siblings
from .choices import (
    as_json,
    compare_choices,
    get_key,
    get_slot,
    parse_choices,
    read_choices,
    read_configuration,
    read_project,
)
from .health import health, summarize_health


@click.group()
def stack() -> None:
    """Show and change the stack: the option in each slot.

    \b
    Choose a stack:   flask stack set stack=bare
    Change one slot:  flask stack set orm=plain
    For one run:      FLASK_STACK_ORM=plain flask run
    """


@stack.command()
@as_json
def show(as_json: bool) -> None:
    """Show the option in each slot, and why it is there."""
    settings = read_configuration()
    choice = choose(settings)
    if as_json:
        click.echo(json.dumps(describe_stack(settings, choice), indent=2))
        return
    print_choice(choice)
    if note := NOTES.get(settings.values["STACK"]):
        click.echo(f"\n{note}")


@stack.command()
@click.argument("slot", required=False, type=click.Choice(list(SLOTS)))
@as_json
def options(slot: str | None, as_json: bool) -> None:
    """List the options of SLOT, or of every slot: what each is, what it needs, and what it does not support.

    An adapter from another package is an option too: tokens=their_package.tokens.
    """
    slots = [SLOTS[slot]] if slot else list(SLOTS.values())
    used = find_used_options()
    if as_json:
        click.echo(json.dumps({each.name: describe_slot(each, used.get(each.name)) for each in slots}, indent=2))
        return
    for each in slots:
        print_slot(each, used.get(each.name))


@stack.command()
@click.argument("choices", nargs=-1, metavar="[SLOT=OPTION]...")
@as_json
def check(choices: tuple[str, ...], as_json: bool) -> None:
    """Check whether options fit together: the configured stack, with these options instead of its own.

    \b
    flask stack check
    flask stack check orm=plain docs=flask_smorest

    Exits with 0 if it fits, with 2 if it does not.
    """
    settings = read_configuration()
    settings.add(parse_choices(choices), "the command line")
    try:
        choice = configure.choose_checked(settings)
    except StackError as error:
        if not as_json:
            raise
        click.echo(json.dumps({"fits": False, "problems": error.problems}, indent=2))
        raise SystemExit(StackError.exit_code) from None
    if as_json:
        fitting = {name: chosen.option.name for name, chosen in choice.items()}
        click.echo(json.dumps({"fits": True, "slots": fitting}, indent=2))
    else:
        print_choice(choice)
        click.echo("It fits.")


@stack.command("set")
@click.argument("choices", nargs=-1, metavar="[SLOT=OPTION]...")
@click.option("--unset", multiple=True, metavar="SLOT", help="Remove the choice for SLOT. Can be repeated.")
def set_(choices: tuple[str, ...], unset: tuple[str, ...]) -> None:
    """Write choices to instance/config.toml, if the options then fit together.

    \b
    flask stack set orm=plain
    flask stack set stack=bare hashing=argon2
    flask stack set --unset orm

    Comments in the file are kept. A named stack removes earlier choices for single slots. Restart a running server
    to apply the choices.
    """
    if not choices and not unset:
        raise click.UsageError(
            "Nothing was given to set or unset. Type: flask stack set SLOT=OPTION, or: flask stack set --unset SLOT"
        )
    settings = read_project()
    chosen, unset_keys = parse_choices(choices), [get_key(slot) for slot in unset]
    before = read_choices(settings.instance / "config.toml")
    absent = [key for key in unset_keys if key not in before]
    if chosen or absent != unset_keys:
        path = configure.write(settings, chosen, unset_keys)
        click.echo(f"Wrote {path}")
    for key in absent:
        click.echo(f"{get_slot(key)} is not set in config.toml, so there is nothing to unset.")
    kept = {*chosen, *unset_keys, "STACK"}
    dropped = [f"{get_slot(key)}={value}" for key, value in before.items() if key not in kept]
    if "STACK" in chosen and dropped:
        click.echo(f"stack={chosen['STACK']} removed these choices for single slots: {', '.join(dropped)}")
    print_choice(choose(read_configuration()))
    if chosen or absent != unset_keys:
        click.echo("Restart a running server to apply this, also one with --debug.")


@stack.command()
@click.argument("one")
@click.argument("other")
@click.option("--side-by-side", is_flag=True, help="Show the source in two columns.")
@click.option("--examples", "only_examples", is_flag=True, help="Compare the examples, not the adapters.")
def diff(one: str, other: str, side_by_side: bool, only_examples: bool) -> None:
    """Show what differs between ONE and OTHER: two stacks, or two options of one slot.

    \b
    flask stack diff classic bare
    flask stack diff stack=classic stack=bare
    flask stack diff orm=flask_sqlalchemy orm=plain
    flask stack diff tokens=plain tokens=their_package.tokens
    flask stack diff --side-by-side login=flask_login login=plain
    flask stack diff --examples forms=flask_wtf forms=django

    First a summary: packages, lines of adapter code, and what each option does not support. Then the diff of the
    adapters' source. A terminal shows it in a pager.
    """
    one, other = one.removeprefix("stack="), other.removeprefix("stack=")
    pairs = [(SLOTS[name], *found) for name, found in compare_choices(one, other).items()]
    if not pairs:
        click.echo(f"{one} and {other} are the same.")
        return
    find = siblings.find_example_file if only_examples else weight.find_files
    lines = [] if only_examples else [f"{line}\n" for line in summarize(pairs, one, other)]
    for slot, left, right in pairs:
        files = siblings.pair_files(slot, left, right, find)
        lines += ["\n"] if lines else []
        lines += format_columns(files) if side_by_side else siblings.format_diff(files)
    if sys.stdout.isatty():
        click.echo_via_pager(lines, color="NO_COLOR" not in os.environ)
    else:
        click.echo("".join(lines), nl=False)


@stack.command()
@click.argument("operation", required=False, type=click.Choice([each.id for each in operations]), metavar="[OPERATION]")
@click.argument("choices", nargs=-1, metavar="[SLOT=OPTION]...")
@click.option("--postgresql", metavar="URL", help="Run it on a database of its own on this PostgreSQL server.")
def sql(operation: str | None, choices: tuple[str, ...], postgresql: str | None) -> None:
    """Show the SQL that OPERATION sends, with the configured stack, or with these options instead of its own.

    \b
    flask stack sql list_articles
    flask stack sql list_articles orm=plain
    flask stack sql list_articles --postgresql postgresql:///postgres

    Without OPERATION, the operations are listed. The operation runs on a temporary copy of the demo blog.
    """
    from .sql import provide_database, read_statements

    if operation is None:
        print_table((each.id, each.method, each.path) for each in operations)
        return
    settings = read_configuration()
    settings.add(parse_choices(choices), "the command line")
    chosen = {key: settings.values[key] for key in ["STACK", *(slot.key for slot in SLOTS.values())]}
    (found,) = [each for each in operations if each.id == operation]
    with provide_database(postgresql) as place:
        statements = read_statements(found, settings.root, {**chosen, **place})
    click.echo("\n\n".join(f"{statement};" for statement in statements))


@stack.command()
@click.argument("slot", required=False)
@as_json
@click.option("--markdown", is_flag=True, help="Print Markdown, for a page.")
def differences(slot: str | None, as_json: bool, markdown: bool) -> None:
    """Run the options of SLOT, and show how their results differ.

    \b
    validation   what each library answers to bad input, used by itself
    docs         the same, where the extension does the loading
    tokens       what a token carries
    hashing      what a hash looks like, and what it costs

    Without SLOT, all four. Options that are not installed are listed, but not run.
    """
    from .differences import check, format_tables, make_tables

    check(slot, as_json, markdown)
    text = format_tables(
        make_tables(slot, read_configuration()), "json" if as_json else "markdown" if markdown else "lines"
    )
    if sys.stdout.isatty() and not (as_json or markdown):
        click.echo_via_pager(text, color="NO_COLOR" not in os.environ)
    else:
        click.echo(text)


@stack.command()
@click.option("--write", is_flag=True, help="Rewrite the files that do not agree.")
def docs(write: bool) -> None:
    """Check whether README.md and instance/config.example.toml agree with the tables of slots and settings.

    \b
    flask stack docs
    flask stack docs --write

    Exits with 0 if they agree, with 1 if they do not. Use it after adding an option or a setting.
    """
    from .docs import find_outdated

    root = read_project().root
    outdated = find_outdated(root)
    for path, text in outdated.items():
        if write:
            path.write_text(text, encoding="utf-8")
        click.echo(f"{'Wrote' if write else 'Outdated:'} {path.relative_to(root)}")
    if not outdated:
        click.echo("README.md and instance/config.example.toml agree with the tables.")
    elif not write:
        raise click.ClickException(
            "These files do not agree with stack/slots.py and stack/settings.py. Run: flask stack docs --write"
        )


stack.add_command(health)


def format_columns(pairs: Iterable[tuple[siblings.Source, siblings.Source]]) -> list[str]:
    """Format pairs of files in two columns."""
    from .columns import build_tables
    from .tables import render_lines

    return [f"{line}\n" for table in build_tables(pairs) for line in [*render_lines(table), ""]]


def summarize(pairs: Sequence[tuple[Slot, Option, Option]], one: str, other: str) -> list[str]:
    """Summarize the packages and lines of each option, the totals, and what the options do not support."""
    rows = [("", "option", "lines", "MB", "packages")]
    for slot, *both in pairs:
        for option in both:
            found = weight.weigh(slot, option)
            packages = ", ".join(found.packages) or "none"
            rows.append((slot.name, option.name, str(found.lines), f"{found.size / 1e6:.1f}", packages))
    limits = [
        f"{slot.name} = {option.name}: {sentence}"
        for slot, *both in pairs
        for option in both
        for sentence in option.cannot
        if not all(sentence in each.cannot for each in both)
    ]
    lines = format_table(rows)
    lines += ["", *format_table(add_up(pairs, one, other))] if len(pairs) > 1 else []
    return lines + (["", "Not supported by one side only:", *limits] if limits else [])


def add_up(pairs: Sequence[tuple[Slot, Option, Option]], one: str, other: str) -> list[tuple[str, ...]]:
    """Add up each side. A package that several options need counts once."""
    sides = {one: [(slot, left) for slot, left, _ in pairs], other: [(slot, right) for slot, _, right in pairs]}
    rows: list[tuple[str, ...]] = []
    for side, options in sides.items():
        found = [weight.weigh(slot, option) for slot, option in options]
        packages = {name: size for each in found for name, size in each.packages.items()}
        lines, size = sum(each.lines for each in found), sum(packages.values())
        rows.append((side, f"{lines} lines", f"{len(packages)} packages", f"{size / 1e6:.1f} MB"))
    return rows


def find_used_options() -> dict[str, Option]:
    """Find the option in use for each slot. If the configuration has errors, there are none."""
    try:
        return {name: chosen.option for name, chosen in choose(read_configuration()).items()}
    except ConfigError:
        return {}


def describe_slot(slot: Slot, used: Option | None) -> dict[str, Any]:
    """Describe a slot as JSON values."""
    from ..lab.health import list_packages

    return {
        "stands_for": slot.stands_for,
        "stacks": {name: choices.get(slot.name, slot.names[0]) for name, choices in STACKS.items()},
        "options": [
            {
                "name": option.name,
                "summary": option.summary,
                "default": option is slot.options[0],
                "in_use": used is not None and option.name == used.name,
                "installed": not option.missing(),
                "needs": [{"slot": n.slot, "among": list(n.among), "because": n.because} for n in option.needs],
                "cannot": list(option.cannot),
                "packages": list_packages(option.extra),
            }
            for option in list_options(slot, used)
        ],
    }


def list_options(slot: Slot, used: Option | None) -> list[Option]:
    """List the built-in options, and the one in use if it comes from another package."""
    return [*slot.options, *([used] if used and used.name not in slot.names else [])]


def print_slot(slot: Slot, used: Option | None) -> None:
    """Print the options of a slot, each with its status and remarks."""
    from .tables import print_lines, render_options

    options = list_options(slot, used)
    rows = [(option.name, describe_status(slot, option, used), list_remarks(option)) for option in options]
    click.echo(f"{click.style(slot.name, bold=True)}: stands for {slot.stands_for}")
    print_lines(render_options(rows))


def describe_status(slot: Slot, option: Option, used: Option | None) -> str:
    """Describe whether an option is the default, in use, and installed."""
    status = ["default"] if option is slot.options[0] else []
    status += ["in use"] if used and option.name == used.name else []
    return ", ".join([*status, "not installed" if option.missing() else "installed"])


def list_remarks(option: Option) -> list[str]:
    """List sentences on what an option is, needs, and does not support."""
    lines = [option.summary] if option.summary else []
    lines += [f"Needs {need.slot} = {' or '.join(need.among)}: {need.because}" for need in option.needs]
    lines += option.cannot
    lines += summarize_health(option.extra) if option.modules else []
    return lines + ([f"To install it: {format_install(option.extra)}"] if option.missing() else [])


def print_choice(choice: Choice) -> None:
    """Print a line for each slot."""
    print_table([(name, chosen.option.name, chosen.why) for name, chosen in choice.items()], ("bold", "cyan"))


def print_table(rows: Iterable[tuple[str, ...]], styles: Sequence[str] = ()) -> None:
    """Print rows of texts in aligned columns. ``styles`` are those of the first columns."""
    from .tables import build_grid, print_lines

    print_lines([build_grid(rows, styles)])


def format_table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Format rows of texts as lines with aligned columns."""
    from .tables import build_grid, render_lines

    return render_lines(build_grid(rows))

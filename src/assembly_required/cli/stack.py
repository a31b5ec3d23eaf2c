"""``flask stack``: show and change the option in each slot.

The commands read the configuration without building the app, so they also work when it cannot be built. A
configuration passed to ``create_app`` in code is not seen here.
"""

import json
import os
import sys
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import click
from flask.cli import ScriptInfo

from ..conduit.operations import operations
from ..stack.assembly import Choice, choose
from ..stack.describe import describe_stack
from ..stack.names import find_close
from ..stack.packages import format_install
from ..stack.settings import Settings, read_settings
from ..stack.slots import SLOTS, ConfigError, Option, Slot, StackError
from ..stack.stacks import NOTES, STACKS
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

    Comments in the file are kept. A named stack removes the choices made for single slots before. A running server
    has to be restarted.
    """
    if not choices and not unset:
        raise click.UsageError("Say what to set: SLOT=OPTION, or --unset SLOT.")
    settings = project()
    chosen, unset_keys = parsed(choices), [key_of(slot) for slot in unset]
    before = read_choices(settings.instance / "config.toml")
    absent = [key for key in unset_keys if key not in before]
    if chosen or absent != unset_keys:
        path = configure.write(settings, chosen, unset_keys)
        click.echo(f"Wrote {path}")
    for key in absent:
        click.echo(f"{slot_of(key)} was not set in config.toml: there is nothing to unset.")
    kept = {*chosen, *unset_keys, "STACK"}
    dropped = [f"{slot_of(key)}={value}" for key, value in before.items() if key not in kept]
    if "STACK" in chosen and dropped:
        click.echo(f"stack={chosen['STACK']} removed these choices for single slots: {', '.join(dropped)}")
    print_choice(choose(configured()))
    if chosen or absent != unset_keys:
        click.echo("Restart a running server to apply this, also one with --debug.")


@stack.command()
@click.argument("one")
@click.argument("other")
@click.option("--side-by-side", is_flag=True, help="Show the source in two columns.")
def diff(one: str, other: str, side_by_side: bool) -> None:
    """Show what differs between ONE and OTHER: two stacks, or two options of one slot.

    \b
    flask stack diff classic bare
    flask stack diff stack=classic stack=bare
    flask stack diff orm=flask_sqlalchemy orm=plain
    flask stack diff tokens=plain tokens=their_package.tokens
    flask stack diff --side-by-side login=flask_login login=plain

    First a summary: packages, lines of adapter code, and what each option does not support. Then the diff of the
    adapters' source. A terminal shows it in a pager.
    """
    one, other = one.removeprefix("stack="), other.removeprefix("stack=")
    pairs = [(SLOTS[name], *found) for name, found in differing(one, other).items()]
    if not pairs:
        click.echo(f"{one} and {other} are the same.")
        return
    lines = [f"{line}\n" for line in summary(pairs, one, other)]
    for slot, left, right in pairs:
        lines += ["\n", *(columns(slot, left, right) if side_by_side else siblings.difference(slot, left, right))]
    if sys.stdout.isatty():
        click.echo_via_pager(lines, color="NO_COLOR" not in os.environ)
    else:
        click.echo("".join(lines), nl=False)


@stack.command()
@click.argument("operation", required=False, type=click.Choice([each.id for each in operations]), metavar="[OPERATION]")
@click.argument("choices", nargs=-1, metavar="[SLOT=OPTION]...")
def sql(operation: str | None, choices: tuple[str, ...]) -> None:
    """Show the SQL that OPERATION sends, with the configured stack or with the slots named here changed.

    \b
    flask stack sql list_articles
    flask stack sql list_articles orm=plain

    Without OPERATION the operations are listed. It runs on a temporary copy of the demo blog.
    """
    from .sql import statements

    if operation is None:
        print_table((each.id, each.method, each.path) for each in operations)
        return
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


@stack.command()
@click.option("--write", is_flag=True, help="Rewrite what does not agree.")
def docs(write: bool) -> None:
    """Say whether README.md and instance/config.example.toml agree with the tables of slots and settings.

    \b
    flask stack docs
    flask stack docs --write

    Exits with 0 if they agree, with 1 if they do not. For those who add an option or a setting.
    """
    from .docs import find_outdated

    root = project().root
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


def slot_of(key: str) -> str:
    """
    >>> slot_of("STACK_DOCS_UI"), slot_of("STACK")
    ('docs_ui', 'stack')
    """
    return key.removeprefix("STACK_").lower()


def read_choices(path: Path) -> dict[str, Any]:
    """The stack and the slots that a configuration file sets; empty if there is no file or it is not TOML."""
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    keys = ["STACK", *(slot.key for slot in SLOTS.values())]
    return {key: values[key] for key in keys if key in values}


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


def columns(slot: Slot, one: Option, other: Option) -> list[str]:
    """The source of two options in two columns, line by line."""
    from .columns import pair_files
    from .tables import render_lines

    return [f"{line}\n" for table in pair_files(slot, one, other) for line in [*render_lines(table), ""]]


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


def summary(pairs: Sequence[tuple[Slot, Option, Option]], one: str, other: str) -> list[str]:
    """The packages and lines of each option, the totals of both sides, and what the options do not support."""
    rows = [("", "option", "lines", "MB", "packages")]
    for slot, *both in pairs:
        for option in both:
            found = siblings.brought(slot, option)
            packages = ", ".join(found.packages) or "none"
            rows.append((slot.name, option.name, str(found.lines), f"{found.size / 1e6:.1f}", packages))
    limits = [
        f"{slot.name} = {option.name}: {sentence}"
        for slot, *both in pairs
        for option in both
        for sentence in option.cannot
        if not all(sentence in each.cannot for each in both)
    ]
    lines = table(rows)
    lines += ["", *table(totals(pairs, one, other))] if len(pairs) > 1 else []
    return lines + (["", "Not supported by one side only:", *limits] if limits else [])


def totals(pairs: Sequence[tuple[Slot, Option, Option]], one: str, other: str) -> list[tuple[str, ...]]:
    """Both sides as a whole; a package that several options need counts once."""
    sides = {one: [(slot, left) for slot, left, _ in pairs], other: [(slot, right) for slot, _, right in pairs]}
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


def find_used_options() -> dict[str, Option]:
    """The option in use for each slot; empty if the configuration is wrong."""
    try:
        return {name: chosen.option for name, chosen in choose(configured()).items()}
    except ConfigError:
        return {}


def describe_slot(slot: Slot, used: Option | None) -> dict[str, Any]:
    """A slot as JSON values."""
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
            }
            for option in list_options(slot, used)
        ],
    }


def list_options(slot: Slot, used: Option | None) -> list[Option]:
    """The options of the table, and the one in use if it comes from another package."""
    return [*slot.options, *([used] if used and used.name not in slot.names else [])]


def print_slot(slot: Slot, used: Option | None) -> None:
    """The options of a slot, each with its status and remarks."""
    from .tables import print_lines, render_options

    options = list_options(slot, used)
    rows = [(option.name, describe_status(slot, option, used), remarks(option)) for option in options]
    click.echo(f"{click.style(slot.name, bold=True)}: stands for {slot.stands_for}")
    print_lines(render_options(rows))


def describe_status(slot: Slot, option: Option, used: Option | None) -> str:
    """Whether an option is the default, in use, and installed."""
    status = ["default"] if option is slot.options[0] else []
    status += ["in use"] if used and option.name == used.name else []
    return ", ".join([*status, "not installed" if option.missing() else "installed"])


def remarks(option: Option) -> list[str]:
    """What an option is, needs, and does not support, in whole sentences."""
    lines = [option.summary] if option.summary else []
    lines += [f"Needs {need.slot} = {' or '.join(need.among)}: {need.because}" for need in option.needs]
    lines += option.cannot
    return lines + ([f"To install it: {format_install(option.extra)}"] if option.missing() else [])


def print_choice(choice: Choice) -> None:
    """One line for each slot."""
    print_table([(name, chosen.option.name, chosen.why) for name, chosen in choice.items()], ("bold", "cyan"))


def print_table(rows: Iterable[tuple[str, ...]], styles: Sequence[str] = ()) -> None:
    """Rows of texts in aligned columns, the first columns in these styles."""
    from .tables import build_grid, print_lines

    print_lines([build_grid(rows, styles)])


def table(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows of texts as lines in aligned columns."""
    from .tables import build_grid, render_lines

    return render_lines(build_grid(rows))

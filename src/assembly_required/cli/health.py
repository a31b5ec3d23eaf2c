"""``flask stack health``: print or update the table of :mod:`assembly_required.lab.health`."""

import json
import sys
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any

import click

from ..stack.names import suggest
from .choices import as_json

if TYPE_CHECKING:
    from ..lab.health import Health, Table

HEADINGS = ("package", "newest", "released", "installed", "maintenance", "Python", "Flask", "advisories", "needed by")


@click.command()
@click.argument("names", nargs=-1, metavar="[PACKAGE|SLOT=OPTION]...")
@click.option("--update", is_flag=True, help="First ask PyPI about every package, and write the table again.")
@as_json
def health(names: tuple[str, ...], update: bool, as_json: bool) -> None:
    """Show how well the packages of the options and the peers are maintained.

    \b
    flask stack health
    flask stack health login=flask_login forms=flask_wtf
    flask stack health sqlalchemy --json

    The newest release and its date, the Python and Flask versions it allows, and its known vulnerabilities, from a
    table that was gathered on the day shown. A package is active if its newest release is at most a year old, slow if
    it is at most two years old, and dormant otherwise. Dormant is not broken: every option passes the tests.
    """
    # Imported here because every `flask` command imports this module, and only this command needs it.
    from ..lab.health import find_users, read_table

    users = find_users()
    chosen = select(names, users)
    if update:
        update_table(list(users))
    table = read_table()
    if as_json:
        described = {name: describe(table.packages[name], table.gathered, users[name], name) for name in chosen}
        click.echo(json.dumps({"gathered": table.gathered.isoformat(), "packages": described}, indent=2))
        return
    print_table(table, {name: users[name] for name in chosen})


def select(names: tuple[str, ...], users: dict[str, list[str]]) -> list[str]:
    """Select the packages that are named, by themselves or by what needs them. Without names, all of them.

    :raises click.UsageError: there is no such package.
    """
    unknown = [name for name in names if name not in users and not any(name in each for each in users.values())]
    if unknown:
        known = [*users, *dict.fromkeys(user for each in users.values() for user in each)]
        raise click.UsageError(
            f"{unknown[0]!r} is not in the table: it has the packages that options and peers need."
            f"{suggest(unknown[0], known)} To see all of them, type: flask stack health"
        )
    return [name for name, needing in users.items() if not names or {name, *needing} & set(names)]


def update_table(names: list[str]) -> None:
    """Gather the table again, and say what changed.

    :raises click.ClickException: PyPI does not answer. The table is as before.
    """
    from ..lab.health import TABLE, read_table
    from ..lab.health.pypi import Unreachable, gather, write_table

    before = read_table()
    try:
        with click.progressbar(names, label="packages", file=sys.stderr) as bar:
            after = gather(bar, before, datetime.now(UTC).date())
    except Unreachable as error:
        raise click.ClickException(
            f"{error}\nThe table is as before. Try again later: flask stack health --update"
        ) from None
    write_table(after, TABLE)
    for name, row in after.packages.items():
        old = before.packages.get(name)
        if old is None or old.version != row.version:
            click.echo(f"{name}: {old.version if old else 'new'} -> {row.version}", err=True)


def describe(row: "Health", gathered: date, users: list[str], name: str) -> dict[str, Any]:
    """Describe a package as JSON values."""
    from ..lab.health import find_installed

    return {
        "version": row.version,
        "released": row.released.isoformat(),
        "releases_in_two_years": row.releases,
        "maintenance": row.describe_maintenance(gathered),
        "installed": find_installed(name),
        "requires_python": row.requires_python,
        "newest_python": row.newest_python,
        "requires_flask": row.requires_flask,
        "advisories": list(row.advisories),
        "note": row.note,
        "needed_by": users,
    }


def print_table(table: "Table", users: dict[str, list[str]]) -> None:
    """Print a row for each package, and below them what the words mean."""
    from ..lab.health import ACTIVE, SLOW
    from .tables import build_grid, print_lines

    rows = [list_cells(name, table.packages[name], table.gathered, needing) for name, needing in users.items()]
    print_lines([build_grid([HEADINGS, *rows], ("cyan",))])
    notes = [f"{name}: {table.packages[name].note}" for name in users if table.packages[name].note]
    if notes:
        click.echo("\n" + "\n".join(notes))
    click.echo(
        f"\nGathered from PyPI on {table.gathered}. The newest release of an active package is at most {ACTIVE} days "
        f"old, of a slow one {SLOW}.\nIn brackets is the newest Python that it names. Advisories are the known "
        "vulnerabilities of the newest release."
    )


def list_cells(name: str, row: "Health", gathered: date, users: list[str]) -> tuple[str, ...]:
    """List the cells of the row of one package."""
    from ..lab.health import find_installed

    return (
        name,
        row.version,
        row.released.isoformat(),
        find_installed(name) or "no",
        row.describe_maintenance(gathered),
        f"{row.requires_python or 'any'}{f' ({row.newest_python})' if row.newest_python else ''}",
        "" if row.requires_flask is None else row.requires_flask or "any",
        ", ".join(row.advisories) or "none known",
        ", ".join(users),
    )


def summarize_health(extra: str) -> list[str]:
    """Summarize the health of the packages of an extra in one line, if it has any, for ``flask stack options``."""
    from ..lab.health import list_packages, read_table

    table = read_table()
    words = []
    for name in list_packages(extra):
        row = table.packages[name]
        vulnerable = f", known vulnerabilities: {', '.join(row.advisories)}" if row.advisories else ""
        words.append(
            f"{name} {row.version} ({row.released:%Y-%m}, {row.describe_maintenance(table.gathered)}{vulnerable})"
        )
    return [f"Newest release on {table.gathered}: {', '.join(words)}."] if words else []

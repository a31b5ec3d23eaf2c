"""``flask db``: upgrade and downgrade the database schema, with any option of the slot ``migrations``.

``flask alembic`` has the commands that only Alembic supports.
"""

import click
from flask import current_app

from ..stack.assembly import assembled
from ..stack.interfaces import Migrations
from .ready import with_database


def get_migrations() -> Migrations:
    """Return the migrations of the current app."""
    return assembled(current_app).migrations


@click.group()
def db() -> None:
    """Upgrade or downgrade the database schema."""


@db.command()
@click.argument("revision", required=False)
@with_database
def upgrade(revision: str | None) -> None:
    """Upgrade the schema to REVISION, or to the newest revision."""
    get_migrations().upgrade(revision)
    print_current()


@db.command()
@click.argument("revision", required=False)
@with_database
def downgrade(revision: str | None) -> None:
    """Downgrade the schema to REVISION, or by one revision.

    This deletes the tables and columns that the later revisions added, with their data.
    """
    get_migrations().downgrade(revision)
    print_current()


@db.command()
@click.argument("message")
@with_database
def revision(message: str) -> None:
    """Create a revision named MESSAGE from the differences between models and database.

    Check it before you apply it, and write the two SQL files for migrations = plain.
    """
    path = get_migrations().revision(message)
    click.echo(f"Check {path.name}, then run: flask db upgrade" if path else "The database matches the models.")


@db.command()
@with_database
def current() -> None:
    """Show the current revision of the database."""
    print_current()


def print_current() -> None:
    """Print the current revision, and the newest if it is another one."""
    now, newest = get_migrations().current(), get_migrations().latest()
    note = "newest" if now == newest else f"newest is {newest}: flask db upgrade"
    click.echo(f"{now or 'empty'} ({note})")

"""``flask db``: upgrade and downgrade the schema with any option for migrations.

``revision`` creates a step from the models. What belongs to Alembic alone is in ``flask alembic``.
"""

import click
from flask import current_app

from ..stack.assembly import assembled
from ..stack.interfaces import Migrations
from .ready import with_database


def migrations() -> Migrations:
    """The migrations of the app at work."""
    return assembled(current_app).migrations


@click.group()
def db() -> None:
    """Move the database to another step of its schema."""


@db.command()
@click.argument("revision", required=False)
@with_database
def upgrade(revision: str | None) -> None:
    """Go up to REVISION, or to the newest."""
    migrations().upgrade(revision)
    say_current()


@db.command()
@click.argument("revision", required=False)
@with_database
def downgrade(revision: str | None) -> None:
    """Go down to REVISION, or one step. What the undone steps added is deleted, with the data in it."""
    migrations().downgrade(revision)
    say_current()


@db.command()
@click.argument("message")
@with_database
def revision(message: str) -> None:
    """Write a new step, MESSAGE, out of what the models have and the database has not.

    Read it before you apply it, and write its two SQL files for migrations = plain.
    """
    path = migrations().revision(message)
    click.echo(f"Read {path.name}, then: flask db upgrade" if path else "The database is what the models say.")


@db.command()
@with_database
def current() -> None:
    """Show at which step the database stands."""
    say_current()


def say_current() -> None:
    """The step of the database, and the newest there is."""
    now, newest = migrations().current(), migrations().latest()
    note = "newest" if now == newest else f"newest is {newest}: flask db upgrade"
    click.echo(f"{now or 'empty'} ({note})")

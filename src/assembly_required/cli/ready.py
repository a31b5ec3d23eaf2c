"""What commands on the blog's data need: an app that is set up, and a database that can be reached."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click
from flask import current_app
from flask.cli import with_appcontext

from ..adapters.shared.dberrors import unavailable
from ..stack.assembly import Assembled, assembled
from ..web import firstrun

Arguments = ParamSpec("Arguments")


def with_database(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Flask's ``with_appcontext`` for a command that works on the database, which may be away."""

    @with_appcontext
    @wraps(command)
    def answering(*args: Arguments.args, **options: Arguments.kwargs) -> None:
        try:
            command(*args, **options)
        except Exception as error:
            reason = unavailable(error)
            if reason is None:
                raise
            settings = assembled(current_app).settings
            raise click.ClickException(
                f"Cannot reach {settings.database}: {reason}.\n"
                f"Start it, or change DATABASE_URL (from {settings.where('DATABASE_URL')})."
            ) from None

    return answering


def ready() -> Assembled:
    """The parts of the app at work, if it is set up."""
    parts = assembled(current_app)
    try:
        firstrun.look(current_app, parts.migrations)
    except firstrun.NotSetUp as refusal:
        raise click.ClickException(refusal.errors["request"][0]) from None
    return parts

"""Check the setup for commands that use the database, and report connection errors."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import click
from flask import current_app
from flask.cli import with_appcontext

from ..adapters.shared.commands import describe_unavailable
from ..stack.assembly import Assembled, assembled
from ..web import firstrun
from .startup import format_command

Arguments = ParamSpec("Arguments")


def with_database(command: Callable[Arguments, None]) -> Callable[Arguments, None]:
    """Run a command in an app context. If the database cannot be reached, print a message instead of a traceback."""

    @with_appcontext
    @wraps(command)
    def run(*args: Arguments.args, **options: Arguments.kwargs) -> None:
        try:
            command(*args, **options)
        except Exception as error:
            message = describe_unavailable(current_app, error)
            if message is None:
                raise
            raise click.ClickException(message) from None

    return run


def require_setup() -> Assembled:
    """Return the parts of the current app.

    :raises click.ClickException: the app is not set up.
    """
    parts = assembled(current_app)
    try:
        firstrun.look(current_app, parts.migrations)
    except firstrun.NotSetUp as refusal:
        raise click.ClickException(f"{refusal.reason} Run: {format_command('setup')}") from None
    return parts

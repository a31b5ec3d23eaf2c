"""Commands that use the database: a connection error becomes a message, not a traceback."""

from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from ...stack.assembly import assembled
from .dberrors import explain_unavailable


class DatabaseGroup(AppGroup):
    """A group of commands of one app.

    :param app: the app to which it is added.
    """

    def __init__(self, app: Flask, **options: Any) -> None:
        super().__init__(**options)
        self._app = app

    def invoke(self, ctx: click.Context) -> Any:
        try:
            return super().invoke(ctx)
        except Exception as error:
            message = describe_unavailable(self._app, error)
            if message is None:
                raise
            raise click.ClickException(message) from None


def describe_unavailable(app: Flask, error: Exception) -> str | None:
    """Return a message if the error means that the database cannot be used, else ``None``."""
    reason = explain_unavailable(error)
    if reason is None:
        return None
    settings = assembled(app).settings
    return (
        f"Cannot reach {settings.database}: {reason}.\n"
        f"Start it, or change DATABASE_URL (from {settings.where('DATABASE_URL')})."
    )

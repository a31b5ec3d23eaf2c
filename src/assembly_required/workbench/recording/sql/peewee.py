"""Statements of peewee, with the hooks of its ``Database``. It begins and ends transactions without telling them.

Source: https://docs.peewee-orm.com/en/latest/peewee/api.html#Database
"""

from typing import Any

from flask import Flask

from ....adapters.orm.peewee.models import EXTENSION
from ..recorder import CURRENT


def watch(app: Flask) -> None:
    """Watch the statements of an app."""
    app.extensions[EXTENSION].query_hooks.append(note_statement)


def note_statement(event: Any) -> None:
    if recording := CURRENT.get():
        error = type(event.exception).__name__ if event.exception else ""
        recording.add_statement(event.sql, event.params, recording.now() - event.duration * 1_000, error=error)

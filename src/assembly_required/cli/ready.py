"""What a command needs that works on the blog's data: an app that is set up.

*In Django* a command that finds no table ends with the database's own error, unless it sets
``requires_migrations_checks``.

*Here* it is the look that an app takes before its first request, and the same words.

*What it costs*: two reads of the database for each command.

*Next*: :mod:`assembly_required.cli.user`.
"""

import click
from flask import current_app

from .. import firstrun
from ..assembly import Assembled, assembled


def ready() -> Assembled:
    """The parts of the app at work, if it is set up."""
    parts = assembled(current_app)
    try:
        firstrun.look(current_app, parts.migrations)
    except firstrun.NotSetUp as refusal:
        raise click.ClickException(refusal.errors["request"][0]) from None
    return parts

"""What ``flask run`` and ``flask setup`` say about the stack.

*In Django* ``runserver`` names the settings module, and warns of migrations that were not applied.

*Here* a few lines on standard error name the options, and each slot that gave way. Other commands and servers stay
silent.

*What it costs*: two lines in ``wsgi.py``.

*Next*: :mod:`assembly_required.cli.ready`.
"""

import click
from flask import Flask
from werkzeug.serving import is_running_from_reloader

from ..stack.assembly import Assembled, assembled
from ..web.firstrun import COMMAND


def announce(app: Flask) -> None:
    """Say which stack starts, if it is ``flask run`` that loads the app."""
    context = click.get_current_context(silent=True)
    if context is None or context.info_name != "run" or is_running_from_reloader():
        return
    for line in described(assembled(app)):
        click.echo(f" * {line}", err=True)
    if not app.config["SECRET_KEY"]:
        click.echo(f" * Not set up yet. Run: {COMMAND}", err=True)


def described(parts: Assembled) -> list[str]:
    """The stack in one line, and a line for each slot that gave way."""
    options = " ".join(f"{name}={chosen.option.name}" for name, chosen in parts.choice.items())
    gave_way = [
        f"{name} = {chosen.option.name}, {chosen.why}"
        for name, chosen in parts.choice.items()
        if chosen.why.startswith("because")
    ]
    return [f"Stack {parts.settings.values['STACK']}: {options}", *gave_way]

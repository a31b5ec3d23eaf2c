"""``flask setup``: everything that has to be done once.

*In Django* ``migrate``, then ``createsuperuser``, then ``loaddata``.

*Here* one command that may be run again at any time; it ends by saying what runs, where the data lies and what to open.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.cli.stack`.
"""

import sqlite3

import click
from flask import current_app
from flask.cli import with_appcontext

from ..adapters.shared.dberrors import unavailable
from ..data import demo
from ..stack.assembly import Assembled, assembled
from ..web import firstrun
from .startup import described

URL = "http://127.0.0.1:5000"


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Also fill the blog with a few users, articles and comments.")
@with_appcontext
def setup(with_demo: bool) -> None:
    """Make the secret key and the database of this installation.

    Run it once after installing and again after an update; what is there already stays as it is. Several
    processes may run it at once.
    """
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    parts = assembled(app)
    try:
        with firstrun.alone(parts.settings):
            firstrun.set_up(app, parts.settings, parts.migrations)
            if with_demo:
                demo.fill(parts.store, parts.hashing)
    except Exception as error:
        reason = str(error) if isinstance(error, OSError | sqlite3.Error) else unavailable(error)
        if reason is None:
            raise
        raise click.ClickException(
            f"Cannot set up {parts.settings.database}: {reason}.\n"
            "Mend that, or choose another place: FLASK_INSTANCE_PATH=... or FLASK_DATABASE_URL=sqlite:///..."
        ) from None
    report(parts, with_demo)


def report(parts: Assembled, with_demo: bool) -> None:
    """Say what was set up, and what to do next."""
    for line in described(parts):
        click.echo(line)
    click.echo(f"Data  {parts.settings.database}")
    click.echo(f"Site  {URL}/")
    click.echo(f"API   {URL}/docs/")
    if with_demo:
        click.echo(f"Sign in as {demo.EMAIL} with the password {demo.PASSWORD}")
    click.echo("Start it with: flask run")

"""``flask setup``: create the secret key, the database and, with ``--demo``, example data.

It may be run again at any time.
"""

import sqlite3

import click
from flask import current_app
from flask.cli import with_appcontext

from ..adapters.shared.dberrors import explain_unavailable
from ..data import demo
from ..stack.assembly import Assembled, assembled
from ..web import firstrun
from .startup import describe_stack, format_command, server_url


@click.command()
@click.option("--demo", "with_demo", is_flag=True, help="Also fill the blog with a few users, articles and comments.")
@with_appcontext
def setup(with_demo: bool) -> None:
    """Create the secret key and the database of this installation.

    Run it once after installing and again after an update; existing data is kept. Several
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
        reason = str(error) if isinstance(error, OSError | sqlite3.Error) else explain_unavailable(error)
        if reason is None:
            raise
        raise click.ClickException(
            f"Cannot set up {parts.settings.database}: {reason}.\n"
            "Correct that, or choose another place: FLASK_INSTANCE_PATH=... or FLASK_DATABASE_URL=sqlite:///..."
        ) from None
    report(parts, with_demo)


def report(parts: Assembled, with_demo: bool) -> None:
    """Print what was set up, and what to do next."""
    for line in describe_stack(parts):
        click.echo(line)
    click.echo(f"Data  {parts.settings.database}")
    click.echo(f"Site  {server_url()}/")
    click.echo(f"API   {server_url()}/docs/")
    if with_demo:
        click.echo(f"Sign in as {demo.EMAIL} with the password {demo.PASSWORD}")
    click.echo(f"Start it with: {format_command('run')}")

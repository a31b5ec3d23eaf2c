"""``flask setup``: everything that has to be done once.

*In Django* ``migrate``, then ``createsuperuser``, then ``loaddata``.

*Here* one command that may be run again at any time; it ends by saying what runs, where the data lies and what to open.

*What it costs*: nothing.

*Next*: :mod:`assembly_required.cli.stack`.
"""

import click
from flask import current_app
from flask.cli import with_appcontext

from .. import demo, firstrun
from ..assembly import Assembled, assembled

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
    with firstrun.alone(parts.settings):
        firstrun.set_up(app, parts.settings, parts.migrations)
        if with_demo:
            demo.fill(parts.store, parts.hashing)
    report(parts, with_demo)


def report(parts: Assembled, with_demo: bool) -> None:
    """Say what was set up, and what to do next."""
    options = " ".join(f"{name}={chosen.option.name}" for name, chosen in parts.choice.items())
    click.echo(f"Stack   {parts.settings.values['STACK']}: {options}")
    for name, chosen in parts.choice.items():
        if chosen.why.startswith("because"):
            click.echo(f"        {name} = {chosen.option.name}, {chosen.why}")
    click.echo(f"Data    {parts.settings.database.path}")
    click.echo(f"Site    {URL}/")
    click.echo(f"API     {URL}/docs/")
    if with_demo:
        click.echo(f"Sign in as {demo.EMAIL} with the password {demo.PASSWORD}")
    click.echo("Start it with: flask run")

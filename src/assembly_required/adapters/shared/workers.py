"""The command ``flask tasks run`` of the options of ``tasks`` that need a worker beside the server."""

from collections.abc import Callable

import click
from flask import Flask
from flask.cli import AppGroup

from ...stack.assembly import assembled
from ...web import firstrun
from .commands import DatabaseGroup


def add_worker_command(app: Flask, work: Callable[[int], None]) -> None:
    """Add the group ``flask tasks`` to an app; ``work`` runs tasks with so many threads until it is stopped."""
    group: AppGroup = DatabaseGroup(app, name="tasks", help="Run background tasks.")

    @group.command()
    @click.option(
        "--threads", type=click.IntRange(1), default=4, show_default=True, help="How many tasks to run at once."
    )
    def run(threads: int) -> None:
        """Run tasks, such as mail, until stopped. Start it beside the server, and restart it after an update."""
        parts = assembled(app)
        try:
            firstrun.look(app, parts.migrations)
        except firstrun.NotSetUp as refusal:
            raise click.ClickException(f"{refusal.reason} Run: {firstrun.COMMAND}") from None
        work(threads)

    app.cli.add_command(group)

"""``migrations = plain``: numbered SQL files, and a runner.

*In Django* ``RunSQL(sql, reverse_sql)`` in a migration, for changes that the ORM cannot express, and ``RunPython``.

*Here* each step is two files in ``migrations/sql/<dialect>/``: ``0001_blog.up.sql`` and ``0001_blog.down.sql``. The
number of the current step is stored in a table like Alembic's, so one option can continue where the other stopped.
A step that needs Python is a file for all databases, ``migrations/sql/0008_usernames.py``, with the functions
``upgrade`` and ``downgrade``. Each step runs in a transaction, including changes to tables, which SQLite and PostgreSQL
can roll back.

*What it costs*: no package except the driver. Each step is written once per database, and always by hand. ``flask db``
has the four commands below.

*Next*: :mod:`assembly_required.adapters.migrations.flask_migrate`.
"""

import runpy
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from flask import Flask

from ...stack.interfaces import Migrations
from ..shared.commands import DatabaseGroup
from ..shared.dberrors import answer_unavailable
from ..shared.sqlite import locate

VERSION_TABLE = """
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
"""


class PlainMigrations:
    """The steps in a folder of SQL files.

    :param folder: the folder with the SQL files of one database; steps in Python are in the folder above.
    :param connect: opens a connection in autocommit mode.
    """

    def __init__(self, folder: Path, connect: Callable[[], Any]) -> None:
        self._folder, self._connect = folder, connect

    def upgrade(self, revision: str | None = None) -> None:
        steps = self._steps()
        start = self._index(self.current() or "base") + 1
        end = self._index(revision) + 1 if revision else len(steps)
        for step in steps[start:end]:
            self._run(step, "up", leads_to=step)

    def downgrade(self, revision: str | None = None) -> None:
        steps = self._steps()
        start = self._index(self.current() or "base")
        end = self._index(revision) if revision else max(start - 1, 0)
        for index in range(start, end, -1):
            self._run(steps[index], "down", leads_to=steps[index - 1])

    def current(self) -> str | None:
        with closing(self._connect()) as connection:
            if not _has_version_table(connection):
                return None
            row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
        return row[0] if row else None

    def latest(self) -> str | None:
        return self._steps()[-1] or None

    def list_steps(self) -> list[str]:
        """Return the names of all steps, the first one first."""
        files = [*self._folder.glob("*.up.sql"), *self._folder.parent.glob("*.py")]
        return sorted(path.name.partition(".")[0] for path in files)

    def _steps(self) -> list[str]:
        """Return the numbers of all steps, after an empty text for the empty database."""
        return ["", *(name.split("_")[0] for name in self.list_steps())]

    def _index(self, revision: str) -> int:
        steps = self._steps()
        if revision == "base":
            return 0
        if revision not in steps[1:]:
            raise click.ClickException(
                f"There is no step {revision!r} in {self._folder}, which has {', '.join(steps[1:])}.\n"
                "Name one of these. If the database is at that step, a newer version of the project has created it."
            )
        return steps.index(revision)

    def _run(self, step: str, direction: str, leads_to: str) -> None:
        (file,) = [*self._folder.glob(f"{step}_*.{direction}.sql"), *self._folder.parent.glob(f"{step}_*.py")]
        mark = [f"INSERT INTO alembic_version VALUES ('{leads_to}')"] if leads_to else []
        finish = [VERSION_TABLE, "DELETE FROM alembic_version", *mark, "COMMIT"]
        with closing(self._connect()) as connection:
            is_sqlite = isinstance(connection, sqlite3.Connection)
            begin = "BEGIN IMMEDIATE" if is_sqlite else "BEGIN"
            if file.suffix == ".py":
                connection.execute(begin)
                runpy.run_path(str(file))[f"{direction}grade"](connection)
                for statement in finish:
                    connection.execute(statement)
            else:
                # One script, because executescript of sqlite3 first commits what was begun before.
                run = connection.executescript if is_sqlite else connection.execute
                run("; ".join([begin, file.read_text(), *finish]))


def _has_version_table(connection: Any) -> bool:
    tables = (
        "SELECT name FROM sqlite_master"
        if isinstance(connection, sqlite3.Connection)
        else "SELECT tablename FROM pg_tables WHERE schemaname = current_schema()"
    )
    return ("alembic_version",) in connection.execute(tables).fetchall()


def build(app: Flask) -> Migrations:
    """Return the steps of the project, in the SQL dialect of the app's database."""
    database = app.config["DATABASE"]
    folder = app.config["ROOT"] / "migrations" / "sql" / database.dialect
    connector = _sqlite if database.dialect == "sqlite" else _postgresql
    migrations = PlainMigrations(folder, connector(database.location))
    app.cli.add_command(build_commands(app, migrations))
    answer_unavailable(app)
    return migrations


def build_commands(app: Flask, migrations: PlainMigrations) -> click.Group:
    """Return the group ``flask db``, with the commands of Flask-Migrate that make sense without models."""
    db = DatabaseGroup(app, name="db", help="Perform database migrations.")

    @db.command()
    @click.argument("revision", required=False)
    def upgrade(revision: str | None) -> None:
        """Upgrade to REVISION, or to the newest step."""
        migrations.upgrade(revision)

    @db.command()
    @click.argument("revision", required=False)
    def downgrade(revision: str | None) -> None:
        """Go back to REVISION, or by one step. This deletes what the later steps added, with its data."""
        migrations.downgrade(revision)

    @db.command()
    def current() -> None:
        """Show the step at which the database stands."""
        now = migrations.current()
        click.echo(f"{now} (head)" if now == migrations.latest() else now or "")

    @db.command()
    def history() -> None:
        """List all steps, the newest first."""
        for name in reversed(migrations.list_steps()):
            click.echo(name)

    return db


def _sqlite(path: str) -> Callable[[], sqlite3.Connection]:
    # Foreign keys are not enforced, so that a step can recreate a table that others refer to.
    return lambda: sqlite3.connect(locate(path), timeout=20, isolation_level=None, uri=True)


def _postgresql(url: str) -> Callable[[], Any]:
    import psycopg  # installed only with the extra for PostgreSQL

    return lambda: psycopg.connect(url, autocommit=True)

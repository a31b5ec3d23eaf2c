"""``migrations = flask_migrate``: Alembic, with Flask-Migrate.

*In Django* ``makemigrations`` writes the steps, and ``migrate`` applies them in the order of their dependencies. A
table records which ones are applied.

*Here* each step is a file in ``migrations/versions/`` with the functions ``upgrade`` and ``downgrade``. Each names the
step before it in ``down_revision``. The table ``alembic_version`` contains the current step. Flask-Migrate needs a
``SQLAlchemy`` object. If the app uses another ORM, the adapter creates one without tables and connection pool.

*What it costs*: Flask-Migrate, Alembic and SQLAlchemy. ``flask db`` is Flask-Migrate's own group of commands. Only the
models of ``orm = flask_sqlalchemy`` can be compared with the database: ``flask db migrate``.

*Next*: :mod:`assembly_required.adapters.hashing`.
"""

from typing import cast

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, NullPool, make_url
from sqlalchemy.exc import SQLAlchemyError

from ...stack.interfaces import Migrations
from ..shared.commands import DatabaseGroup
from ..shared.dberrors import answer_unavailable
from ..shared.sqlite import locate


class FlaskMigrations:
    """The steps of one app.

    :param migrate: the extension.
    :param db: the extension that provides the connections.
    """

    def __init__(self, migrate: Migrate, db: SQLAlchemy) -> None:
        self._migrate, self._db = migrate, db

    def upgrade(self, revision: str | None = None) -> None:
        upgrade(revision=revision or "head")

    def downgrade(self, revision: str | None = None) -> None:
        downgrade(revision=revision or "-1")

    def current(self) -> str | None:
        with self._db.engine.connect() as connection:
            return MigrationContext.configure(connection).get_current_revision()

    def latest(self) -> str | None:
        return self._steps().get_current_head()

    def _steps(self) -> ScriptDirectory:
        return ScriptDirectory(self._migrate.directory)


def build(app: Flask) -> Migrations:
    """Add Flask-Migrate to the app, for the steps in the folder ``migrations/`` of the project."""
    db: SQLAlchemy = app.extensions.get("sqlalchemy") or _create_sqlalchemy(app)
    migrate = Migrate(app, db, directory=app.config["ROOT"] / "migrations")
    app.cli.add_command(_copy_group(app, cast(click.Group, app.cli.commands["db"])))
    answer_unavailable(app, SQLAlchemyError)
    return FlaskMigrations(migrate, db)


def _copy_group(app: Flask, group: click.Group) -> click.Group:
    """Return Flask-Migrate's group, with a message instead of a traceback if the database cannot be reached."""
    return DatabaseGroup(
        app, name="db", commands=group.commands, params=group.params, callback=group.callback, help=group.help
    )


def _create_sqlalchemy(app: Flask) -> SQLAlchemy:
    database = app.config["DATABASE"]
    if database.dialect == "sqlite":
        url = URL.create("sqlite", database=locate(database.location), query={"uri": "true"})
    else:
        url = make_url(database.location).set(drivername="postgresql+psycopg")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": NullPool}
    return SQLAlchemy(app)

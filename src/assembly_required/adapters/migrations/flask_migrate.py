"""``migrations = flask_migrate``: Alembic, through Flask-Migrate.

*In Django* ``migrate`` runs what ``makemigrations`` wrote, in the order of its dependencies, and keeps a table of what
was applied.

*Here* each step is a file in ``migrations/versions/`` with ``upgrade`` and ``downgrade``, chained by
``down_revision``; the table ``alembic_version`` holds one row. It does not ask which ORM the app uses: where that
is not Flask-SQLAlchemy, it gets an instance of its own, which knows no tables and keeps no connection.

*What it costs*: Flask-Migrate, Alembic, SQLAlchemy. What is special to Alembic (``history``, ``heads``, ``stamp``)
is reached by ``flask alembic``, since ``flask db`` belongs to every option.

*Next*: :mod:`assembly_required.adapters.hashing`.
"""

from pathlib import Path

import click
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import Flask
from flask_migrate import Migrate, downgrade, revision, upgrade
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import URL, NullPool, make_url
from sqlalchemy.exc import SQLAlchemyError

from ...stack.interfaces import Migrations
from ..shared.dberrors import answer_unavailable


class FlaskMigrations:
    """Alembic's steps for one app.

    :param migrate: the extension.
    :param db: where it gets its connections.
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

    def revision(self, message: str) -> Path | None:
        if not self._db.metadata.tables:
            raise click.ClickException(
                f"A step {message!r} out of the models cannot be made: Alembic reads those of Flask-SQLAlchemy alone.\n"
                f"Change them too, since a test holds all models against the schema, and type: "
                f"FLASK_STACK_ORM=flask_sqlalchemy flask db revision {message!r}"
            )
        before = self.latest()
        if self.current() != before:
            raise click.ClickException(
                f"A step {message!r} out of the models cannot be made: it would start from the newest step, {before}, "
                f"and the database stands at {self.current() or 'none'}.\nType: flask db upgrade"
            )
        revision(message=message, autogenerate=True, rev_id=f"{int(before or 0) + 1:04}")
        after = self._steps().get_revision("head")
        return Path(after.path) if after and after.revision != before else None

    def _steps(self) -> ScriptDirectory:
        return ScriptDirectory(self._migrate.directory)


def build(app: Flask) -> Migrations:
    """The steps in the folder ``migrations/`` of the project."""
    db: SQLAlchemy = app.extensions.get("sqlalchemy") or _connected(app)
    migrate = Migrate(app, db, directory=app.config["ROOT"] / "migrations", command="alembic")
    answer_unavailable(app, SQLAlchemyError)
    return FlaskMigrations(migrate, db)


def _connected(app: Flask) -> SQLAlchemy:
    database = app.config["DATABASE"]
    if database.dialect == "sqlite":
        url = URL.create("sqlite", database=database.location)
    else:
        url = make_url(database.location).set(drivername="postgresql+psycopg")
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {"poolclass": NullPool}
    return SQLAlchemy(app)

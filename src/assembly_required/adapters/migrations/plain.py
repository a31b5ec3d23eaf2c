"""``migrations = plain``: numbered SQL files, and a runner.

*In Django* ``RunSQL(sql, reverse_sql)`` in a migration, for what the ORM cannot say.

*Here* each step is two files in ``migrations/sql/<dialect>/``, ``0001_blog.up.sql`` and ``0001_blog.down.sql``. The
database keeps the number of its step in a table of the name and form that Alembic uses: what one option has made,
the other takes over. SQLite carries out a whole step or nothing of it, changes of tables included.

*What it costs*: no package. The same step is written for each database, and nobody writes it for you.

*Next*: :mod:`assembly_required.adapters.migrations.flask_migrate`.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import click
from flask import Flask

VERSION_TABLE = """
CREATE TABLE IF NOT EXISTS alembic_version (
    version_num VARCHAR(32) NOT NULL,
    CONSTRAINT alembic_version_pkc PRIMARY KEY (version_num)
)
"""


class PlainMigrations:
    """The steps in a folder of SQL files.

    :param folder: the folder.
    :param database: the SQLite file.
    """

    def __init__(self, folder: Path, database: Path) -> None:
        self._folder, self._database = folder, database

    def upgrade(self, revision: str | None = None) -> None:
        steps = self._steps()
        start = self._index(self.current() or "base") + 1
        end = self._index(revision) + 1 if revision else len(steps)
        for step in steps[start:end]:
            self._run(f"{step}_*.up.sql", leads_to=step)

    def downgrade(self, revision: str | None = None) -> None:
        steps = self._steps()
        start = self._index(self.current() or "base")
        end = self._index(revision) if revision else max(start - 1, 0)
        for index in range(start, end, -1):
            self._run(f"{steps[index]}_*.down.sql", leads_to=steps[index - 1])

    def current(self) -> str | None:
        with self._connection() as connection:
            try:
                row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
            except sqlite3.OperationalError:
                return None
        return row[0] if row else None

    def latest(self) -> str | None:
        return self._steps()[-1] or None

    def _steps(self) -> list[str]:
        """The numbers of all steps, from nothing on."""
        return ["", *sorted(path.name.split("_")[0] for path in self._folder.glob("*.up.sql"))]

    def _index(self, revision: str) -> int:
        steps = self._steps()
        if revision == "base":
            return 0
        if revision not in steps[1:]:
            raise click.ClickException(
                f"There is no step {revision!r} in {self._folder}, which has {', '.join(steps[1:])}.\n"
                "Name one of these; if the database says it stands there, a newer version of the project has made it."
            )
        return steps.index(revision)

    def _run(self, pattern: str, leads_to: str) -> None:
        (file,) = self._folder.glob(pattern)
        mark = f"INSERT INTO alembic_version VALUES ('{leads_to}');" if leads_to else ""
        with self._connection() as connection:
            connection.executescript(
                f"BEGIN IMMEDIATE; {VERSION_TABLE}; {file.read_text()} DELETE FROM alembic_version; {mark} COMMIT;"
            )

    @contextmanager
    def _connection(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self._database, timeout=20, isolation_level=None)) as connection:
            yield connection


def build(app: Flask) -> PlainMigrations:
    """The steps of the project, in the SQL of the app's database."""
    database = app.config["DATABASE"]
    return PlainMigrations(app.config["ROOT"] / "migrations" / "sql" / database.dialect, database.path)

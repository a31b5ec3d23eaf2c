"""The rows on which everything is measured.

*In Django* ``loaddata``, or a factory package, in the test database of each run.

*Here* one seeded database is kept in ``instance/compare/`` and made anew when the schema has moved on. Each run works
on a copy, because one of the requests writes.

*What it costs*: making it takes some seconds, once, and 10,000 articles some 30 MB. It does not notice that the seeding
itself was changed: delete the folder then.

*Next*: :mod:`assembly_required.lab.compare.candidates`.
"""

import sqlite3
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from flask import Flask

from ...data import seed
from ...factory import create_app
from ...stack.assembly import assembled
from ...stack.settings import Settings
from ...web import firstrun

SECRET_KEY = "the same for every candidate, and long enough for HS256"  # noqa: S105 - it signs nothing outside of a measurement


@dataclass(frozen=True)
class Size:
    """How much data there is."""

    users: int
    articles: int

    @property
    def file(self) -> str:
        """The name of the database with this much in it."""
        return f"{self.users}-{self.articles}.sqlite3"


class Bar(Protocol):
    """What shows that something goes on."""

    def update(self, n_steps: int) -> None:
        """So many steps are done."""


class Bars(Protocol):
    """Makes a bar for a part of the run."""

    def __call__(self, label: str, length: int) -> AbstractContextManager[Bar]: ...


def seeded(settings: Settings, size: Size, bars: Bars) -> Path:
    """The database of this size, made if it is not there with the newest schema."""
    folder = settings.instance / "compare"
    app = _app(settings.root, folder, folder / size.file)
    with firstrun.alone(assembled(app).settings), app.app_context():
        if not _complete(app):
            _make(settings.root, folder, folder / size.file, size, bars)
    return folder / size.file


def copy(database: Path, to: Path) -> Path:
    """A copy, including what still lies in the write-ahead log."""
    with closing(sqlite3.connect(database)) as source, closing(sqlite3.connect(to)) as target:
        source.backup(target)
    firstrun.make_database_file(to)
    return to


def _complete(app: Flask) -> bool:
    try:
        firstrun.look(app, assembled(app).migrations)
    except firstrun.NotSetUp:
        return False
    return True


def _make(root: Path, folder: Path, database: Path, size: Size, bars: Bars) -> None:
    """Fill another file, and put it into place when it is complete."""
    for path in folder.glob(f"{database.name}*"):
        path.unlink()
    with TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as elsewhere:
        app = _app(root, Path(elsewhere), Path(elsewhere) / "filled.sqlite3")
        parts = assembled(app)
        with app.app_context():
            firstrun.set_up(app, parts.settings, parts.migrations)
            with bars("data", sum(seed.counts(size.users, size.articles).values())) as bar:
                seed.fill(parts.store, parts.hashing, size.users, size.articles, progress=bar.update)
        copy(Path(parts.settings.database.location), Path(elsewhere) / database.name).replace(database)


def _app(root: Path, folder: Path, database: Path) -> Flask:
    """An app on the default stack, whatever is configured here."""
    config = {
        "STACK": "classic",
        "INSTANCE_PATH": str(folder),
        "DATABASE_URL": f"sqlite:///{database.name}",
        "SECRET_KEY": SECRET_KEY,
        "SCRYPT_COST": 6,
    }
    return create_app(config, root=root)

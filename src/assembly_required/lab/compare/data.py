"""The seeded database for the measurements.

It is kept in ``instance/compare/`` and created again when the schema is outdated. Each run uses a copy, because one of
the requests writes. A change of the seeding itself is not detected: delete the folder then.
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

SECRET_KEY = "the same for every candidate, and long enough for HS256"  # noqa: S105 - used only for measurements


@dataclass(frozen=True)
class Size:
    """The number of users and articles."""

    users: int
    articles: int

    @property
    def file(self) -> str:
        """The file name of the database of this size."""
        return f"{self.users}-{self.articles}.sqlite3"


class Bar(Protocol):
    """A progress bar."""

    def update(self, n_steps: int) -> None:
        """Advance by ``n_steps``."""


class Bars(Protocol):
    """Creates a progress bar for one part of the run."""

    def __call__(self, label: str, length: int) -> AbstractContextManager[Bar]: ...


def ensure_database(settings: Settings, size: Size, bars: Bars) -> Path:
    """Return the database of this size. Create it if it is missing or its schema is outdated."""
    folder = settings.instance / "compare"
    app = _app(settings.root, folder, folder / size.file)
    with firstrun.alone(assembled(app).settings), app.app_context():
        if not _complete(app):
            _make(settings.root, folder, folder / size.file, size, bars)
    return folder / size.file


def copy(database: Path, to: Path) -> Path:
    """Copy a database, including its write-ahead log, and return the copy."""
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
    """Fill a temporary file, and move it into place when it is complete."""
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
    """Create an app on the default stack, independent of the configuration of this installation."""
    config = {
        "STACK": "classic",
        "INSTANCE_PATH": str(folder),
        "DATABASE_URL": f"sqlite:///{database.name}",
        "SECRET_KEY": SECRET_KEY,
        "SCRYPT_COST": 6,
    }
    return create_app(config, root=root)

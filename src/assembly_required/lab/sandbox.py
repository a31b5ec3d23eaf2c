"""Create a temporary app that is set up and ready to serve.

The tests use it, and so do commands that run requests without touching real data.
"""

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from flask import Flask

from ..factory import create_app
from ..stack.assembly import assembled
from ..stack.settings import KEYS
from ..stack.slots import SLOTS
from ..web import firstrun

CHEAP = {key: setting.at_least for key, setting in SLOTS["hashing"].all_settings().items()}
"""The lowest cost of each password hash, so that registering many users is fast."""


def ready_app(folder: Path, root: Path, **config: Any) -> Flask:
    """Create an app with ``folder`` as its instance folder, and set it up.

    Its database is in that folder, even if the environment names another one, unless ``config`` sets it.
    """
    there = {"INSTANCE_PATH": str(folder), "DATABASE_URL": KEYS["DATABASE_URL"].default}
    app = create_app({**there, **CHEAP, **config}, root=root)
    parts = assembled(app)
    file = Path(parts.settings.database.location)
    with firstrun.alone(parts.settings), app.app_context():
        if parts.settings.database.dialect == "sqlite" and not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(read_empty_database(root, parts.choice["migrations"].option.name))
            app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or firstrun.make_key(parts.settings.instance)
        else:
            firstrun.set_up(app, parts.settings, parts.migrations)
    return app


@cache
def read_empty_database(root: Path, migrations: str) -> bytes:
    """Return the file of an SQLite database without rows. Each process runs the migrations only once."""
    with TemporaryDirectory() as folder:
        app = create_app({"INSTANCE_PATH": folder, "STACK": "bare", "STACK_MIGRATIONS": migrations}, root=root)
        parts = assembled(app)
        with app.app_context():
            firstrun.set_up(app, parts.settings, parts.migrations)
            parts.store.disconnect()
        file = Path(parts.settings.database.location)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # the write-ahead log is a file of its own
        return file.read_bytes()

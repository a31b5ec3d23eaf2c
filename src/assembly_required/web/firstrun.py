"""Setup before the first request: the secret key, the schema, and demo data on request.

``flask setup`` can be run repeatedly and by several processes at once. Until it has run, the app answers every request
with 503 and the command to type.
"""

import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from flask import Flask, request

from ..conduit.errors import Refusal
from ..stack.interfaces import Migrations
from ..stack.settings import KEY_FILE, Settings, read_key
from ..stack.slots import ConfigError

COMMAND = "flask setup"
SHORTEST_KEY = 32
"""Characters of a secret key: 128 bits in hexadecimal digits."""


class NotSetUp(Refusal):
    """The key or the schema is missing."""

    status = 503

    def __init__(self, reason: str) -> None:
        super().__init__({"request": [f"{reason} Run: {COMMAND}"]})
        self.reason = reason


def require_setup(app: Flask, migrations: Migrations) -> None:
    """Answer 503 until the key and the schema exist; then the check is skipped."""
    ready = False

    @app.before_request
    def check() -> None:
        nonlocal ready
        if not ready and request.endpoint != "site.static":
            look(app, migrations)
            ready = True


def look(app: Flask, migrations: Migrations) -> None:
    """Check whether the app is set up.

    :raises NotSetUp: the key, the database or its newest schema is missing.
    """
    find_key(app)
    if not app.config["SECRET_KEY"]:
        raise NotSetUp("There is no secret key yet.")
    database = app.config["DATABASE"]
    if database.dialect == "sqlite" and not Path(database.location).exists():
        raise NotSetUp("There is no database yet.")
    if migrations.current() != migrations.latest():
        raise NotSetUp("The database does not have the newest schema.")


def find_key(app: Flask) -> None:
    """Read the secret key, if it was made after the app was."""
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or read_key(Path(app.instance_path)) or None


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Let one process at a time run the setup; the others wait."""
    from filelock import FileLock  # imports asyncio, which no request needs

    settings.instance.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.instance / "setup.lock"):
        yield


def set_up(app: Flask, settings: Settings, migrations: Migrations) -> None:
    """Create the key and the schema if they are missing. Needs an application context.

    :raises ConfigError: the file with the key was cut off.
    """
    set_up_key(app, settings)
    if settings.database.dialect == "sqlite":
        make_database_file(Path(settings.database.location))
    migrations.upgrade()


def set_up_key(app: Flask, settings: Settings) -> None:
    """Create the key if it is missing.

    :raises ConfigError: the file with the key was cut off.
    """
    check_key(settings)
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or make_key(settings.instance)


def make_database_file(path: Path) -> None:
    """Create the file of an SQLite database, unless it exists. In WAL mode, readers do not wait for a writer."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")  # the file keeps this setting


def check_key(settings: Settings) -> None:
    """Check that the file with the key, if it is used and not empty, contains a whole key.

    :raises ConfigError: it does not.
    """
    key, path = read_key(settings.instance), settings.instance / KEY_FILE
    if key and len(key) < SHORTEST_KEY and key == settings.values["SECRET_KEY"]:
        raise ConfigError(
            f"The secret key in {path} has {len(key)} characters, so it can be guessed; perhaps the file was cut off.\n"
            f"Delete the file and run: {COMMAND}\nAll users will have to sign in again."
        )


def make_key(instance: Path) -> str:
    """Return the secret key. Create its file, readable by its owner only, if it does not exist or is empty.

    The file is written under another name first, so that a crash leaves no half of a key. Call it within :func:`alone`.
    """
    if key := read_key(instance):
        return key
    key, new = secrets.token_hex(32), instance / f"{KEY_FILE}.new"
    new.unlink(missing_ok=True)
    with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(f"{key}\n")
        file.flush()
        os.fsync(file.fileno())
    new.replace(instance / KEY_FILE)
    return key

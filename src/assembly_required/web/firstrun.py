"""What happens once, before the first request: a key, a schema, and demo data if wanted.

*In Django* ``startproject`` writes the key into the settings, ``migrate`` makes the schema, ``loaddata`` the data.

*Here* ``flask setup`` does all three, as often as one likes and by several processes at once: one lock around
everything, and each step looks whether it is done. An app whose key or schema is missing starts nevertheless, and
answers every request with 503 and the command to type.

*What it costs*: one look at the database before the first request.

*Next*: :mod:`assembly_required.data.demo`.
"""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, request

from ..adapters.shared import sqlite
from ..conduit.errors import Refusal
from ..stack.interfaces import Migrations
from ..stack.settings import KEY_FILE, Settings, read_key

COMMAND = "flask setup"


class NotSetUp(Refusal):
    """The key or the schema is missing."""

    status = 503

    def __init__(self, what: str) -> None:
        super().__init__({"request": [f"{what} Run: {COMMAND}"]})


def require_setup(app: Flask, migrations: Migrations) -> None:
    """Answer 503 for as long as the key or the schema is missing; look no more once both are there."""
    ready = False

    @app.before_request
    def check() -> None:
        nonlocal ready
        if not ready and request.endpoint != "site.static":
            look(app, migrations)
            ready = True


def look(app: Flask, migrations: Migrations) -> None:
    """
    :raises NotSetUp: the key, the database or its newest schema is missing.
    """
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or read_key(Path(app.instance_path)) or None
    if not app.config["SECRET_KEY"]:
        raise NotSetUp("There is no secret key yet.")
    database = app.config["DATABASE"]
    if database.dialect == "sqlite" and not Path(database.location).exists():
        raise NotSetUp("There is no database yet.")
    if migrations.current() != migrations.latest():
        raise NotSetUp("The database has not got the newest schema.")


@contextmanager
def alone(settings: Settings) -> Iterator[None]:
    """Let one process at a time set this installation up; the others wait."""
    from filelock import FileLock  # it brings asyncio along, which no request needs

    settings.instance.mkdir(parents=True, exist_ok=True)
    with FileLock(settings.instance / "setup.lock"):
        yield


def set_up(app: Flask, settings: Settings, migrations: Migrations) -> None:
    """Make the key and the schema of this installation, where they are missing. Needs an application context."""
    app.config["SECRET_KEY"] = app.config["SECRET_KEY"] or make_key(settings.instance)
    if settings.database.dialect == "sqlite":
        sqlite.make(Path(settings.database.location))
    migrations.upgrade()


def make_key(instance: Path) -> str:
    """The content of the key file, made if it is not there: from its first moment on readable by its owner alone."""
    try:
        descriptor = os.open(instance / KEY_FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return read_key(instance)
    key = secrets.token_hex(32)
    with open(descriptor, "w") as file:
        file.write(f"{key}\n")
    return key

"""Copies of the demo blog, one for each side, so that a request may change something.

The demo data is written once, into the database of the left side, and copied from there. So both sides begin with the
same rows. They have one secret key too, so tokens are made in the same way.
"""

import secrets
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from flask import Flask

from ...data import demo
from ...lab.sandbox import ready_app
from ...reader.parsing import ONE_AT_A_TIME
from ...stack.assembly import assembled
from ..recording.watching import watch

USER = "demo"
"""Who sends the requests."""


@dataclass(frozen=True)
class Copy:
    """An app with a copy of the demo blog.

    :param token: a token of the user who sends the requests.
    :param start: the database as it is at the start.
    """

    app: Flask
    token: str
    start: sqlite3.Connection

    def reset(self) -> None:
        """Put the database back to the start."""
        copy_database(self.start, self.app)


@contextmanager
def provide_copies(apps: Sequence[Flask]) -> Iterator[list[Copy]]:
    """Provide a copy for each of several apps, with the same stack."""
    key = secrets.token_hex(32)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(TemporaryDirectory(prefix="assembly_required_")))
        start = stack.enter_context(closing(sqlite3.connect(":memory:", check_same_thread=False)))
        copies = [stack.enter_context(build_copy(app, folder / str(number), key)) for number, app in enumerate(apps)]
        with copies[0].app_context():
            demo.fill(assembled(copies[0]).store, assembled(copies[0]).hashing)
        with closing(sqlite3.connect(locate_database(copies[0]))) as filled:
            filled.backup(start)
        for copy in copies:
            copy_database(start, copy)
        yield [Copy(copy, issue_token(copy), start) for copy in copies]


@contextmanager
def build_copy(app: Flask, folder: Path, key: str) -> Iterator[Flask]:
    """Build an app with the stack of another one, on an empty database of its own.

    Its mail goes to a file and its tasks to a thread: a worker of the blog would look for its users in the wrong
    database.
    """
    parts = assembled(app)
    folder.mkdir()
    options = {chosen.slot.key: chosen.option.name for chosen in parts.choice.values()}
    stack = parts.settings.values["STACK"]
    apart = {"SECRET_KEY": key, "MAIL_BACKENDS": ["file"], "STACK_TASKS": "plain"}
    with ONE_AT_A_TIME:
        copy = ready_app(folder, parts.settings.root, **{"STACK": stack, **options, **apart})
    watch(copy)
    try:
        yield copy
    finally:
        with copy.app_context():
            assembled(copy).store.disconnect()


def locate_database(app: Flask) -> str:
    """Return the path of the SQLite file of a copy."""
    return assembled(app).settings.database.location


def copy_database(source: sqlite3.Connection, app: Flask) -> None:
    """Replace the database of a copy.

    Source: https://docs.python.org/3/library/sqlite3.html#sqlite3.Connection.backup
    """
    with closing(sqlite3.connect(locate_database(app))) as target:
        source.backup(target)


def issue_token(app: Flask) -> str:
    """Issue a token of the API for the user who sends the requests."""
    parts = assembled(app)
    with app.test_request_context():
        profile = parts.store.profile(USER, None)
        user = parts.store.user(profile.id) if profile else None
        if user is None:
            raise LookupError(f"The demo data has no user {USER!r}.")
        return parts.tokens.issue(user)

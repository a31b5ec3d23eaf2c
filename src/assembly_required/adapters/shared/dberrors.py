"""What an error of a database means to the blog.

*In Django* ``django.db.utils`` wraps the errors of every driver into its own, and what they mean is left to you:
``except IntegrityError`` somewhere around a ``save()``.

*Here* each ORM wraps the driver's error as well, in classes of its own, and keeps it as the cause. So it is asked
itself: which constraint was violated, by its name, and never by the words of one database's message; and whether the
database was there at all.

*What it costs*: constraints have to have names, which migrations want anyway.

*Next*: :mod:`assembly_required.adapters.shared.django_settings`.
"""

import sqlite3
import sys
from collections.abc import Iterator
from traceback import clear_frames

from flask import Flask
from flask.typing import ResponseReturnValue

from ...conduit.errors import Refusal, Taken, Unavailable

UNIQUE = {"uq_users_username": "username", "uq_users_email": "email", "uq_articles_slug": "slug"}
"""Constraints whose violation is somebody's wish that cannot be granted; any other is a fault of ours."""

UNAVAILABLE = (
    ("psycopg", "OperationalError"),
    ("sqlalchemy.exc", "TimeoutError"),
    ("playhouse.pool", "MaxConnectionsExceeded"),
)
"""The classes that say that a server could not be reached, or that no connection came free, by their modules."""

SQLITE_UNAVAILABLE = ("SQLITE_BUSY", "SQLITE_CANTOPEN")


def meaning(error: BaseException, gone: Refusal) -> Refusal | None:
    """The refusal that a violated constraint stands for, if it stands for one.

    The frames in which it was raised are cleared, since one of them holds a cursor. The refusal will hold the frames,
    and one of those the refusal: such a circle goes when garbage is collected, in whichever thread that happens. That
    thread would then wait for the cursor's connection, and if that one is waiting for a lock which the thread holds, it
    would wait until SQLite gives up, for 20 seconds.

    :param gone: what it means when a row that was to be referred to is not there any more.
    """
    for cause in _causes(error):
        clear_frames(cause.__traceback__)
    constraint = next(filter(None, map(_violated, _causes(error))), "")
    if constraint.startswith("fk_"):
        return gone
    return Taken(UNIQUE[constraint]) if constraint in UNIQUE else None


def unavailable(error: BaseException) -> str | None:
    """The driver's words when the database could not be reached, or was too busy for too long."""
    classes = tuple(getattr(sys.modules[module], name) for module, name in UNAVAILABLE if module in sys.modules)
    for cause in _causes(error):
        if isinstance(cause, classes) or getattr(cause, "sqlite_errorname", "").startswith(SQLITE_UNAVAILABLE):
            return str(cause).partition("\n")[0]
    return None


def answer_unavailable(app: Flask, *classes: type[Exception]) -> None:
    """Answer 503 instead of 500 when an error of one of these classes says that the database is not available.

    :param classes: the base classes of an ORM's errors. Those of the driver are added.
    """

    def translate(error: Exception) -> ResponseReturnValue:
        reason = unavailable(error)
        if reason is None:
            raise error
        app.logger.error("The database is not available: %s", reason)
        response: ResponseReturnValue = app.handle_user_exception(Unavailable())
        return response

    for error_class in (_driver_error(app.config["DATABASE"].dialect), *classes):
        app.register_error_handler(error_class, translate)


def _driver_error(dialect: str) -> type[Exception]:
    if dialect == "sqlite":
        return sqlite3.Error
    import psycopg  # installed where DATABASE_URL names PostgreSQL

    return psycopg.Error


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__


def _violated(error: BaseException) -> str:
    """The name of a constraint: PostgreSQL tells it; SQLite tells the columns, and of foreign keys nothing."""
    if not isinstance(error, sqlite3.IntegrityError):
        return getattr(getattr(error, "diag", None), "constraint_name", None) or ""
    if error.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return "fk_"
    table, _, column = str(error).rpartition(" ")[2].partition(".")
    return f"uq_{table}_{column}"

"""Translate the database errors of every ORM into the errors of the blog.

Each ORM keeps the driver's error as the cause of its own. A violated constraint is recognized by its name, never by the
text of a message, so every constraint needs a name.
"""

import sqlite3
import sys
from collections.abc import Iterator
from traceback import clear_frames

from flask import Flask, current_app
from flask.typing import ResponseReturnValue

from ...conduit.errors import Refusal, Taken, Unavailable

UNIQUE = {"uq_users_username": "username", "uq_users_email": "email", "uq_articles_slug": "slug"}
"""Constraints that a user's input can violate, with the field at fault. Any other violation is a bug."""

UNAVAILABLE = (
    ("psycopg", "OperationalError"),
    ("psycopg.errors", "ReadOnlySqlTransaction"),
    ("sqlalchemy.exc", "TimeoutError"),
    ("playhouse.pool", "MaxConnectionsExceeded"),
)
"""Module and name of the errors that mean: the server cannot be reached, its disk is full, it is a read-only copy, or
no connection became free."""

SQLITE_UNAVAILABLE = ("SQLITE_BUSY", "SQLITE_CANTOPEN", "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_READONLY")
"""Names of SQLite's errors that mean: locked for too long, or the disk is missing, full, broken or read-only.

Source: https://www.sqlite.org/rescode.html
"""


def translate_failure(error: BaseException, gone: Refusal) -> Refusal | None:
    """Return the ``Refusal`` for a failed transaction, or ``None`` if the error is a bug.

    :param gone: returned if a foreign key was violated, because the other row has been deleted.
    """
    return _translate_violation(error, gone) or _translate_unavailable(error)


def _translate_violation(error: BaseException, gone: Refusal) -> Refusal | None:
    """Return the ``Refusal`` for a violated constraint, or ``None`` if the error has another cause.

    The frames of the traceback are cleared, because one of them holds a cursor. Otherwise the refusal and the frames
    would refer to each other, and the garbage collector would close the cursor later, in any thread. That thread could
    wait for the cursor's connection while the connection waits for a lock that the thread holds: a deadlock, until
    SQLite gives up waiting.
    """
    for cause in _causes(error):
        clear_frames(cause.__traceback__)
    constraint = next(filter(None, map(_violated, _causes(error))), "")
    if constraint.startswith("fk_"):
        return gone
    return Taken(UNIQUE[constraint]) if constraint in UNIQUE else None


def explain_unavailable(error: BaseException) -> str | None:
    """Return the driver's message if the database cannot be reached or written at the moment, else ``None``."""
    classes = tuple(getattr(sys.modules[module], name) for module, name in UNAVAILABLE if module in sys.modules)
    for cause in _causes(error):
        if isinstance(cause, classes) or getattr(cause, "sqlite_errorname", "").startswith(SQLITE_UNAVAILABLE):
            return str(cause).partition("\n")[0]
    return None


def answer_unavailable(app: Flask, *classes: type[Exception]) -> None:
    """Respond with 503 instead of 500 if an error of these classes means that the database is not available.

    :param classes: the base classes of an ORM's errors. The base class of the driver's errors is added.
    """

    def translate(error: Exception) -> ResponseReturnValue:
        refusal = _translate_unavailable(error)
        if refusal is None:
            raise error
        response: ResponseReturnValue = app.handle_user_exception(refusal)
        return response

    for error_class in (_driver_error(app.config["DATABASE"].dialect), *classes):
        app.register_error_handler(error_class, translate)


def _translate_unavailable(error: BaseException) -> Unavailable | None:
    reason = explain_unavailable(error)
    if reason is None:
        return None
    current_app.logger.error("The database is not available: %s", reason)
    return Unavailable()


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
    """Return the constraint's name. PostgreSQL reports it. SQLite reports the columns, and nothing for foreign keys."""
    if not isinstance(error, sqlite3.IntegrityError):
        return getattr(getattr(error, "diag", None), "constraint_name", None) or ""
    if error.sqlite_errorname == "SQLITE_CONSTRAINT_FOREIGNKEY":
        return "fk_"
    table, _, column = str(error).rpartition(" ")[2].partition(".")
    return f"uq_{table}_{column}"

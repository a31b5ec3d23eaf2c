"""Statements of SQLAlchemy, with the events of its engine.

Source: https://docs.sqlalchemy.org/en/21/core/events.html#sql-execution-and-connection-events
"""

from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from ....stack.assembly import assembled
from ..recorder import CURRENT


def watch(app: Flask) -> None:
    """Watch the statements of an app."""
    engine = find_engine(app)
    event.listen(engine, "before_cursor_execute", note_start)
    event.listen(engine, "after_cursor_execute", note_statement)
    event.listen(engine, "handle_error", note_error)


def find_engine(app: Flask) -> Engine:
    """Return the engine of an app."""
    if assembled(app).choice["orm"].option.name == "sqlalchemy_core":
        from ....adapters.orm.sqlalchemy_core.connections import ENGINE

        engine: Engine = app.extensions[ENGINE]
        return engine
    with app.app_context():
        own: Engine = app.extensions["sqlalchemy"].engine
        return own


def note_start(connection: Any, cursor: Any, sql: str, values: Any, context: Any, many: bool) -> None:
    if recording := CURRENT.get():
        recording.sent = recording.now()


def note_statement(connection: Any, cursor: Any, sql: str, values: Any, context: Any, many: bool) -> None:
    if recording := CURRENT.get():
        times = len(values) if many else 1
        recording.add_statement(sql, values, recording.sent, times)


def note_error(failed: Any) -> None:
    recording = CURRENT.get()
    if recording and failed.connection is not None and failed.statement is not None:
        error = type(failed.sqlalchemy_exception or failed.original_exception).__name__
        recording.add_statement(failed.statement, failed.parameters, recording.sent, error=error)

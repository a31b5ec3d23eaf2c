"""Statements of SQLAlchemy, with the events of its dialect, which are cheaper than those of its engine.

Source: https://docs.sqlalchemy.org/en/21/core/events.html#sqlalchemy.events.DialectEvents
"""

from typing import Any

from flask import Flask
from sqlalchemy import Engine, event

from ....stack.assembly import assembled
from ..recorder import CURRENT


def watch(app: Flask) -> None:
    """Watch the statements of an app."""
    engine = find_engine(app)
    event.listen(engine, "do_execute", run_statement)
    event.listen(engine, "do_executemany", run_many)


def find_engine(app: Flask) -> Engine:
    """Return the engine of an app."""
    if assembled(app).choice["orm"].option.name == "sqlalchemy_core":
        from ....adapters.orm.sqlalchemy_core.connections import ENGINE

        engine: Engine = app.extensions[ENGINE]
        return engine
    with app.app_context():
        own: Engine = app.extensions["sqlalchemy"].engine
        return own


def run_statement(cursor: Any, sql: str, values: Any, context: Any) -> bool:
    """Execute a statement if it is recorded. Returns whether it was executed, as SQLAlchemy wants to know."""
    recording = CURRENT.get()
    if recording is None:
        return False
    recording.run_statement(sql, values, context.dialect.do_execute, cursor, sql, values, context)
    return True


def run_many(cursor: Any, sql: str, rows: Any, context: Any) -> bool:
    """Execute a statement for several rows, if it is recorded."""
    recording = CURRENT.get()
    if recording is None:
        return False
    recording.run_statement(sql, rows, context.dialect.do_executemany, cursor, sql, rows, context, times=len(rows))
    return True

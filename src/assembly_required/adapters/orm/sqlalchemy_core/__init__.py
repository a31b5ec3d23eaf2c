"""``orm = sqlalchemy_core``: SQLAlchemy's query builder, without its ORM.

*In Django* there is no such layer. ``values_list`` skips the model instances, but each query is still built and
compiled again for each request.

*Here* SQL is written as Python expressions on ``Table`` objects. There are no entities and no session: a statement
gives rows, and a row becomes a dataclass. One ``Engine`` per app comes from ``create_engine``. Reads share one
connection per application context, and each write is a transaction of that connection.

*What it costs*: SQLAlchemy; no extension for Flask, so the connection is returned by a teardown function of ours. No
admin can be generated from the tables. ``flask db migrate`` does not read them: the models of ``flask_sqlalchemy``
describe the schema for Alembic.

*Next*: :mod:`assembly_required.adapters.orm.sqlalchemy_core.tables`.
"""

from typing import Any

from flask import Flask
from sqlalchemy import URL, Engine, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError

from ....conduit.interfaces import Store
from ....stack.settings import Database
from ...shared.dberrors import answer_unavailable
from ...shared.postgresql import WAIT
from ...shared.sqlite import locate, prepare
from ...shared.turns import take_turns
from .connections import ENGINE, close_connection
from .store import CoreStore

__all__ = ["build"]


def build(app: Flask) -> Store:
    """Return the store of an app, on the database of its ``DATABASE_URL``."""
    app.extensions[ENGINE] = _create_engine(app.config["DATABASE"], app.config["DATABASE_POOL"])
    app.teardown_appcontext(close_connection)
    answer_unavailable(app, SQLAlchemyError)
    take_turns(app)
    return CoreStore()


def _create_engine(database: Database, pool_size: int) -> Engine:
    if database.dialect == "sqlite":
        engine = create_engine(URL.create("sqlite", database=locate(database.location), query={"uri": "true"}))
        event.listen(engine, "connect", lambda connection, record: prepare(connection))
        return engine
    url: Any = make_url(database.location).set(drivername="postgresql+psycopg")
    return create_engine(url, pool_size=pool_size, max_overflow=0, pool_timeout=WAIT, pool_pre_ping=True)

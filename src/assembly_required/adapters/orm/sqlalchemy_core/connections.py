"""The connection of a request, and its transactions.

*In Django* ``connection`` is a proxy to the connection of this thread, and ``transaction.atomic`` opens a transaction.

*Here* ``engine.connect()`` takes a connection from the pool when a request first reads, and ``connection.begin()``
opens a transaction. In SQLAlchemy a read opens a transaction too (*autobegin*), which is ended before a write begins.

*What it costs*: what Flask-SQLAlchemy's ``db.session`` does, in twenty lines.

*Next*: :mod:`assembly_required.adapters.orm.sqlalchemy_core.store`.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from flask import current_app, g
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from ....conduit.errors import Refusal
from ...shared.dberrors import translate_failure
from ...shared.sqlite import BEGIN
from ...shared.turns import write_turn

ENGINE = "sqlalchemy_core"
"""The key of an app's engine in ``app.extensions``."""


def current_engine() -> Engine:
    """Return the engine of the current app."""
    engine: Engine = current_app.extensions[ENGINE]
    return engine


def current_connection() -> Connection:
    """Return the connection of this application context. The first call takes it from the pool."""
    if "connection" not in g:
        g.connection = current_engine().connect()
    connection: Connection = g.connection
    return connection


def close_connection(error: BaseException | None = None) -> None:
    """Roll back what is open and return the connection to the pool. A connection that is lost is thrown away."""
    connection: Connection | None = g.pop("connection", None)
    if connection is None:
        return
    try:
        connection.rollback()
    except DBAPIError:
        connection.invalidate()
    connection.close()


@contextmanager
def transaction(gone: Refusal) -> Iterator[Connection]:
    """Commit what was done inside, or roll it back.

    :param gone: raised if a row to be referred to has been deleted.
    :raises Taken: a unique constraint names the column.
    :raises Unavailable: the database cannot be reached or written at the moment.
    """
    with write_turn() as begun:
        try:
            connection = current_connection()
            connection.rollback()  # ends the transaction of earlier reads
            with connection.begin():
                if connection.dialect.name == "sqlite":
                    connection.exec_driver_sql(BEGIN)
                begun()
                yield connection
        except BaseException as error:
            if refusal := translate_failure(error, gone):
                raise refusal from error
            raise

"""``orm = plain``: the DB-API and SQL by hand.

*In Django* ``django.db.connection.cursor()``, for queries that the ORM cannot express.

*Here* ``sqlite3`` from the standard library, or psycopg for PostgreSQL. The connection handling of an ORM is small
enough to read here: a connection is opened when it is needed, used for one application context, and then returned.

*What it costs*: no package for SQLite. A misspelled column is an error only when the statement runs.

*Next*: :mod:`assembly_required.adapters.orm.plain.connections`.
"""

from importlib import import_module

from flask import Flask

from ....conduit.interfaces import Store
from ...shared.dberrors import answer_unavailable
from ...shared.turns import take_turns
from .connections import EXTENSION, Connections
from .store import PlainStore

__all__ = ["build"]


def build(app: Flask) -> Store:
    """Return the store for the database in ``DATABASE_URL``."""
    dialect = import_module(f".{app.config['DATABASE'].dialect}", __name__)  # psycopg is imported only for PostgreSQL
    connections: Connections = dialect.connections(app)
    app.extensions[EXTENSION] = connections
    app.teardown_appcontext(connections.release)
    answer_unavailable(app)
    take_turns(app)
    return PlainStore(connections)

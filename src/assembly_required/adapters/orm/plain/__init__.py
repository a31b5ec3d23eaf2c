"""``orm = plain``: the DB-API, and SQL by hand.

*In Django* ``django.db.connection.cursor()``, when the ORM is in the way.

*Here* ``sqlite3`` as the standard library brings it, or psycopg for PostgreSQL. What an ORM's engine does is small
enough to read here: connections are opened when they are wanted, taken for the length of an application context, and
given back at its end.

*What it costs*: no package for SQLite. Nothing notices a misspelt column before it is asked for.

*Next*: :mod:`assembly_required.adapters.orm.plain.connections`.
"""

from importlib import import_module

from flask import Flask

from ....conduit.interfaces import Store
from ...shared.dberrors import answer_unavailable
from .connections import EXTENSION, Connections
from .store import PlainStore

__all__ = ["build"]


def build(app: Flask) -> Store:
    """The store of an app, on the database of its ``DATABASE_URL``."""
    dialect = import_module(f".{app.config['DATABASE'].dialect}", __name__)  # psycopg only where it is wanted
    connections: Connections = dialect.connections(app)
    app.extensions[EXTENSION] = connections
    app.teardown_appcontext(connections.give_back)
    answer_unavailable(app)
    return PlainStore(connections)

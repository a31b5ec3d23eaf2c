"""``orm = plain``: the DB-API, and SQL by hand.

*In Django* ``django.db.connection.cursor()``, when the ORM is in the way.

*Here* ``sqlite3`` as the standard library brings it. What an ORM's engine does is small enough to read here:
connections are opened when they are wanted, taken for the length of an application context, and given back at its
end.

*What it costs*: no package. Nothing notices a misspelt column before it is asked for, and the SQL is SQLite's own.

*Next*: :mod:`assembly_required.adapters.orm.plain.connections`.
"""

from flask import Flask

from .connections import EXTENSION, Connections
from .store import PlainStore

__all__ = ["build"]


def build(app: Flask) -> PlainStore:
    """The store of an app, on the database of its ``DATABASE_URL``."""
    connections = app.extensions[EXTENSION] = Connections(app.config["DATABASE"].path)
    app.teardown_appcontext(connections.give_back)
    return PlainStore()

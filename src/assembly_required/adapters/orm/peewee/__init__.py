"""``orm = peewee``: peewee, with its own pool of connections.

*In Django* ``DATABASES`` names engines and options, and ``ATOMIC_REQUESTS`` and ``CONN_MAX_AGE`` say what happens
around a request.

*Here* an app has a ``Database`` of its own: peewee's pool for SQLite or for PostgreSQL, out of the parsed
``DATABASE_URL``. A connection is taken by the first query of a thread and goes back when the application context
ends. peewee sends the pragmas, begins writing transactions with ``BEGIN IMMEDIATE``, rolls back what a connection was
left in, and looks whether it is still alive before it lends it again.

*What it costs*: one package of pure Python, without dependencies. ``playhouse.flask_utils.FlaskDB``, which comes with
it, is for one database: an app that is initialised later takes the models away from those before it.

*Next*: :mod:`assembly_required.adapters.orm.peewee.models`.
"""

from flask import Flask
from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase, PooledSqliteDatabase

from ....conduit.interfaces import Store
from ...shared.dberrors import answer_unavailable
from ...shared.postgresql import WAIT
from ...shared.sqlite import PRAGMAS
from .models import EXTENSION
from .store import PeeweeStore

__all__ = ["build"]


def build(app: Flask) -> Store:
    """The store of an app, on the database of its ``DATABASE_URL``."""
    database = app.extensions[EXTENSION] = _pool(app)

    @app.teardown_appcontext
    def give_back(error: BaseException | None) -> None:
        if not database.is_closed():
            database.close()

    answer_unavailable(app, PeeweeException, MaxConnectionsExceeded)
    return PeeweeStore()


def _pool(app: Flask) -> PooledPostgresqlDatabase | PooledSqliteDatabase:
    database = app.config["DATABASE"]
    if database.dialect == "sqlite":
        return PooledSqliteDatabase(
            database.location,
            max_connections=None,
            pragmas=PRAGMAS,
            lock_type="IMMEDIATE",  # waits for other writers at the start, where waiting is all there is to do
            check_same_thread=False,  # else the pool takes another thread's connections for broken, and opens new ones
        )
    return PooledPostgresqlDatabase(
        database.location,
        max_connections=app.config["DATABASE_POOL"],
        timeout=WAIT,
        prefer_psycopg3=True,
    )

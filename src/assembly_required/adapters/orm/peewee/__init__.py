"""``orm = peewee``: peewee with its connection pool.

*In Django* ``DATABASES`` names engines and options. ``CONN_MAX_AGE`` and ``ATOMIC_REQUESTS`` control connections and
transactions of a request.

*Here* each app has its own ``Database``: peewee's pool for SQLite or PostgreSQL, built from ``DATABASE_URL``. The first
query of a request takes a connection, and it is returned when the application context ends. peewee applies the
pragmas, starts write transactions with ``BEGIN IMMEDIATE``, rolls back open transactions of a returned connection, and
checks a connection before it is used again.

*What it costs*: one package without dependencies. Its ``playhouse.flask_utils.FlaskDB`` is not used here, because it
binds the models to one database, and this process may hold several apps.

*Next*: :mod:`assembly_required.adapters.orm.peewee.models`.
"""

from flask import Flask
from peewee import PeeweeException
from playhouse.pool import MaxConnectionsExceeded, PooledPostgresqlDatabase, PooledSqliteDatabase

from ....conduit.interfaces import Store
from ...shared.dberrors import answer_unavailable
from ...shared.postgresql import WAIT
from ...shared.sqlite import PRAGMAS, locate
from ...shared.turns import take_turns
from .models import EXTENSION
from .store import PeeweeStore

__all__ = ["build"]


def build(app: Flask) -> Store:
    """Return the store for the database in ``DATABASE_URL``."""
    database = app.extensions[EXTENSION] = _create_pool(app)

    @app.teardown_appcontext
    def close_connection(error: BaseException | None) -> None:
        if not database.is_closed():
            database.close()

    answer_unavailable(app, PeeweeException, MaxConnectionsExceeded)
    take_turns(app)
    return PeeweeStore()


def _create_pool(app: Flask) -> PooledPostgresqlDatabase | PooledSqliteDatabase:
    database = app.config["DATABASE"]
    if database.dialect == "sqlite":
        return PooledSqliteDatabase(
            locate(database.location),
            uri=True,
            max_connections=None,
            pragmas=PRAGMAS,
            lock_type="IMMEDIATE",  # a writer waits at BEGIN, where waiting cannot fail for a stale snapshot
            check_same_thread=False,  # otherwise the pool discards connections that another thread opened
        )
    return PooledPostgresqlDatabase(
        database.location,
        max_connections=app.config["DATABASE_POOL"],
        timeout=WAIT,
        prefer_psycopg3=True,
    )

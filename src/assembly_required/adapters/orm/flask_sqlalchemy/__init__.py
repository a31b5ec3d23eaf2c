"""``orm = flask_sqlalchemy``: SQLAlchemy's ORM, with a session for each request.

*In Django* ``DATABASES`` names the database. A connection opens by itself, and ``close_old_connections`` runs around
each request.

*Here* Flask-SQLAlchemy creates one engine per app from the ``SQLALCHEMY_*`` config keys. ``db.session`` is scoped to
the application context and removed when it ends. Its `quickstart
<https://flask-sqlalchemy.readthedocs.io/en/stable/quickstart/>`_ shows the same steps: one ``db``, models,
``db.init_app(app)``, ``db.session``.

*What it costs*: Flask-SQLAlchemy and SQLAlchemy (``flask stack diff`` counts megabytes and lines). Flask-SQLAlchemy has
had no release since 2023. The option ``sqlalchemy_core`` returns the same list in a quarter of the time.

*Next*: :mod:`assembly_required.adapters.orm.flask_sqlalchemy.models`.
"""

from typing import Any

from flask import Flask
from sqlalchemy import URL, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from ....conduit.interfaces import Store
from ...shared.dberrors import answer_unavailable
from ...shared.postgresql import WAIT
from ...shared.sqlite import locate, prepare
from ...shared.turns import take_turns
from .models import db
from .store import FlaskSQLAlchemyStore

__all__ = ["build"]


def build(app: Flask) -> Store:
    """Return the store of an app, on the database of its ``DATABASE_URL``."""
    url, options = _engine(app)
    app.config["SQLALCHEMY_DATABASE_URI"] = url
    app.config["SQLALCHEMY_ENGINE_OPTIONS"] = {**options, **app.config.get("SQLALCHEMY_ENGINE_OPTIONS", {})}
    db.init_app(app)
    app.teardown_appcontext(_close)
    if url.drivername == "sqlite":
        with app.app_context():
            event.listen(db.engine, "connect", lambda connection, record: prepare(connection))
    answer_unavailable(app, SQLAlchemyError)
    take_turns(app)
    return FlaskSQLAlchemyStore()


def _close(error: BaseException | None) -> None:
    # Flask-SQLAlchemy's own function runs after this one. It would raise if the connection is lost.
    if db.session.registry.has():
        try:
            db.session.close()
        except DBAPIError:
            db.session().invalidate()


def _engine(app: Flask) -> tuple[URL, dict[str, Any]]:
    database = app.config["DATABASE"]
    if database.dialect == "sqlite":
        return URL.create("sqlite", database=locate(database.location), query={"uri": "true"}), {}
    return make_url(database.location).set(drivername="postgresql+psycopg"), {
        "pool_size": app.config["DATABASE_POOL"],
        "max_overflow": 0,
        "pool_timeout": WAIT,
        "pool_pre_ping": True,
    }

"""``orm = flask_sqlalchemy``: SQLAlchemy, with a session for each request.

*In Django* connections open by themselves and ``close_old_connections`` runs around each request; options stand in
``DATABASES``.

*Here* Flask-SQLAlchemy makes an engine for each app out of ``SQLALCHEMY_*`` keys, scopes a session to the
application context and removes it at its end. What is said to SQLite on each new connection is ours to say.

*What it costs*: Flask-SQLAlchemy and SQLAlchemy (``flask stack diff`` counts megabytes and lines). Flask-SQLAlchemy
has had no release since 2023, and needs a plain ``DeclarativeBase`` on SQLAlchemy 2.1.

*Next*: :mod:`assembly_required.adapters.orm.flask_sqlalchemy.models`.
"""

from flask import Flask
from sqlalchemy import URL, event

from ....sqlite import prepare
from .models import db
from .store import FlaskSQLAlchemyStore

__all__ = ["build"]


def build(app: Flask) -> FlaskSQLAlchemyStore:
    """The store of an app, on the database of its ``DATABASE_URL``."""
    database = app.config["DATABASE"]
    app.config["SQLALCHEMY_DATABASE_URI"] = URL.create(database.dialect, database=str(database.path))
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, record: prepare(connection))
    return FlaskSQLAlchemyStore()

"""``admin = flask_admin``: Flask-Admin, with one ``ModelView`` for each model.

*In Django* ``admin.site.register(Article, ArticleAdmin)``.

*Here* ``admin.add_view(ArticleView(Article, db))``. A view reads the columns of its model and gives a list with search,
filters, sorting, export and actions on many rows. The class attributes of a view say what it shows, as those of a
``ModelAdmin`` do. Flask-Admin has a ``ModelView`` for SQLAlchemy and one for peewee. For other stores,
:mod:`.generic` derives one from ``BaseModelView``.

*What it costs*: 2 MB of Bootstrap, and 100 ms at the start. Flask-Admin knows no users, so ``is_accessible`` of each
view checks the permission. Its scripts get a nonce, but its pages also have event handlers in attributes, so their
Content-Security-Policy needs ``script-src-attr 'unsafe-inline'``. If flask-babel is installed, it must be initialised.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.forms`.
"""

import secrets
from typing import Any

from flask import Blueprint, Flask, Response, g, request
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme

from ....conduit.interfaces import Hashing, Permissions, Store
from ....stack.interfaces import Login
from .views import Home, Parts

PREFIX = "/admin/"


def build(app: Flask, store: Store, hashing: Hashing, permissions: Permissions, login: Login) -> None:
    """Add the pages below ``/admin/``."""
    app.register_blueprint(Blueprint("admin_pages", __name__, template_folder="templates"))
    parts = Parts(store, hashing, permissions, login)
    admin = Admin(
        app,
        name="Conduit",
        index_view=Home(parts, name="Home"),
        theme=Bootstrap4Theme(fluid=True, base_template="conduit_base.html"),
        csp_nonce_generator=create_nonce,
    )
    admin.add_views(*create_views(app, parts))
    app.after_request(add_headers)


def create_views(app: Flask, parts: Parts) -> list[Any]:
    """Create the views for the store. Only the module for its ORM is imported."""
    store: Any = parts.store
    model = store.models.get("users")
    if hasattr(model, "__mapper__"):
        from . import sqlalchemy

        return sqlalchemy.create_views(parts, store.models, app.extensions["sqlalchemy"])
    if hasattr(model, "select"):
        from . import peewee

        return peewee.create_views(parts, store.models)
    from . import generic

    return generic.create_views(parts, store)


def create_nonce() -> str:
    """Return the nonce for the scripts of the current page."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    nonce: str = g.nonce
    return nonce


def add_headers(response: Response) -> Response:
    """Source: https://www.w3.org/TR/CSP3/"""
    if request.path.startswith(PREFIX):
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' 'nonce-{create_nonce()}'; script-src-attr 'unsafe-inline'; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        )
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
    return response

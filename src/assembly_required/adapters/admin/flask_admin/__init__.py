"""``admin = flask_admin``: pages made from the models of the ORM.

*In Django* ``admin.site.register(Article, ArticleAdmin)``.

*Here* ``admin.add_view(...)``: a view for each model reads its columns, and gives lists with search, filters, sorting,
export and actions on many rows. It knows SQLAlchemy and peewee, and where the ORM is another, a generic view asks the
store; what a view shows is said in attributes, much as on a ``ModelAdmin``.

*What it costs*: 2 MB of Bootstrap, and 100 ms at the start. It knows no users and no permissions, so each view is asked
whether it may be entered. Its pages have handlers in attributes, which the Content-Security-Policy has to allow there;
scripts need the nonce. Where flask-babel is installed, it has to be initialised.

*Next*: :mod:`assembly_required.adapters.admin.flask_admin.forms`.
"""

import secrets
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from flask import Flask, Response, g, request
from flask_admin import Admin
from flask_admin.theme import Bootstrap4Theme

from ....conduit.interfaces import Hashing, Permissions, Store
from ....stack.interfaces import Login
from .generic import StoreView
from .views import Articles, Changes, Comments, Home, Parts, Users

PREFIX = "/admin/"
VIEWS = {"users": Users, "articles": Articles, "comments": Comments, "changes": Changes}


def build(app: Flask, store: Store, hashing: Hashing, permissions: Permissions, login: Login) -> None:
    """The pages below ``/admin/``."""
    parts = Parts(store, hashing, permissions, login)
    admin = Admin(
        app,
        name="Conduit",
        index_view=Home(parts, name="Home"),
        theme=Bootstrap4Theme(fluid=True),
        csp_nonce_generator=nonce,
    )
    for table, view in VIEWS.items():
        admin.add_view(made(view, table, app, store)(parts, endpoint=f"admin_{table}", url=table))
    app.after_request(add_headers)


def made(view: type[Any], table: str, app: Flask, store: Any) -> Callable[..., Any]:
    """A view of ours on top of Flask-Admin's for the ORM, the only one that is imported, or of the generic one."""
    model = store.models.get(table)
    if hasattr(model, "__mapper__"):
        from flask_admin.contrib.sqla import ModelView as SQLAlchemyView

        related = {"column_select_related_list": [getattr(model, name) for name in view.related]}
        return partial(on_top(view, SQLAlchemyView, related), model=model, session=app.extensions["sqlalchemy"])
    if hasattr(model, "select"):
        from flask_admin.contrib.peewee import ModelView as PeeweeView

        query = {"get_query": lambda self: with_related(model, view.related)}
        return partial(on_top(view, PeeweeView, query), model=model)
    return partial(on_top(view, StoreView, {}), table=table, store=store)


def on_top(view: type[Any], base: type[Any], attributes: dict[str, Any]) -> Callable[..., Any]:
    """A class of two."""
    return type(view.__name__, (view, base), attributes)


def with_related(model: Any, related: Sequence[str]) -> Any:
    """A query of peewee for rows together with those that they refer to, instead of one more for each."""
    fields = [getattr(model, name) for name in related]
    query = model.select(model, *(field.rel_model for field in fields))
    for field in fields:
        query = query.join_from(model, field.rel_model, on=field, attr=field.name)
    return query


def nonce() -> str:
    """The word by which the scripts of this page are known."""
    if "nonce" not in g:
        g.nonce = secrets.token_urlsafe(16)
    word: str = g.nonce
    return word


def add_headers(response: Response) -> Response:
    """Source: https://www.w3.org/TR/CSP3/"""
    if request.path.startswith(PREFIX):
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; script-src 'self' 'nonce-{nonce()}'; script-src-attr 'unsafe-inline'; "
            "style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
            "form-action 'self'; frame-ancestors 'none'"
        )
        response.headers["Referrer-Policy"] = "same-origin"
        response.headers["X-Content-Type-Options"] = "nosniff"
        response.headers["Cache-Control"] = "no-store"
    return response

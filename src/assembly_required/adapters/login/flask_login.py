"""``login = flask_login``: Flask-Login keeps the user's id in the session and loads the user.

*In Django* ``AuthenticationMiddleware`` sets ``request.user``, ``login()`` and ``logout()`` change the session, and
``@login_required`` protects a view.

*Here* Flask-Login does the same with a ``LoginManager``, a ``user_loader`` that loads a user by id, ``current_user``,
and ``@login_required``. It needs objects with the methods of ``UserMixin``, so :class:`Visitor` wraps the blog's
dataclass. ``get_id`` returns what the documentation calls an alternative id. It contains a fingerprint of the password
hash, so a new password ends the sessions and remember cookies in other browsers. A session that started from the
remember cookie is not *fresh*; changing the account requires a fresh one.

*What it costs*: one package. The API must not accept the site's cookie, so no code below ``/api`` reads
``current_user``. The server does not store the date of a remember cookie: a stolen one is valid until the password
changes. Most projects set ``login_view``. Here an ``unauthorized_handler`` does the redirect, because after a
POST ``next`` must be a page that can be opened with GET.

*Next*: :mod:`assembly_required.adapters.mail`.
"""

from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_fresh, login_required, login_user, logout_user

from ...conduit.interfaces import Store
from ...conduit.model import Account, User
from ...stack.interfaces import Login, View
from ...web.fingerprint import fingerprint, matches
from ...web.site.visitor import send_to_sign_in


class Visitor(UserMixin):
    """A user with the attributes that Flask-Login needs."""

    def __init__(self, account: Account) -> None:
        self.user = account.user
        self._password_hash = account.password_hash

    def get_id(self) -> str:
        return f"{self.user.id}.{fingerprint(self._password_hash)}"


class FlaskLogin:
    """Sign-in with Flask-Login.

    :param store: the store with the users.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def sign_in(self, user: User, remember: bool = False) -> None:
        account = self._store.account(user.id)
        if account:
            login_user(Visitor(account), remember=remember)

    def sign_out(self) -> None:
        logout_user()

    def required(self, view: View) -> View:
        @wraps(view)
        def with_viewer(**path: Any) -> Any:
            return view(current_user.user, **path)

        protected: View = login_required(with_viewer)
        return protected

    def viewer(self) -> User | None:
        return current_user.user if current_user.is_authenticated else None

    def fresh(self) -> bool:
        return current_user.is_authenticated and bool(login_fresh())


def build(app: Flask, store: Store) -> Login:
    """Add Flask-Login to the app, for the users in this store."""
    app.config["REMEMBER_COOKIE_DURATION"] = timedelta(days=app.config["REMEMBER_DAYS"])
    app.config["REMEMBER_COOKIE_SECURE"] = app.config["SESSION_COOKIE_SECURE"]
    app.config["REMEMBER_COOKIE_SAMESITE"] = app.config["SESSION_COOKIE_SAMESITE"]
    app.config.setdefault("REMEMBER_COOKIE_PATH", urlsplit(app.config["SITE_URL"]).path or "/")
    manager = LoginManager(app)
    manager.unauthorized_handler(send_to_sign_in)

    @manager.user_loader
    def load_user(claim: str) -> Visitor | None:
        id, _, mark = claim.partition(".")
        # A database cannot compare an id with more digits than its integers have.
        account = store.account(int(id)) if id.isdecimal() and len(id) <= 18 else None
        return Visitor(account) if account and matches(mark, account.password_hash) else None

    return FlaskLogin(store)

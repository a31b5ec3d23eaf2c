"""``login = flask_login``: the user's id in the session, and the user behind it.

*In Django* ``AuthenticationMiddleware`` puts ``request.user`` there, ``login()`` and ``logout()`` write the session.

*Here* Flask-Login does the same with three pieces: a ``LoginManager``, a ``user_loader`` that finds the user of an
id, and ``current_user``. It wants objects with ``UserMixin``'s four attributes; the blog's dataclass is wrapped in
one. ``get_id`` answers what its documentation calls an alternative id: with a mark of the password in it, so that a
changed password ends the sessions and the cookies of other browsers. Freshness is Flask-Login's own idea: a session
that began with the remember cookie has none.

*What it costs*: one package. ``current_user`` would also take the cookie of a browser that calls the API, so nothing
below ``/api`` reads it, and there is no session to read there. The remember cookie has no date that the server sees:
one that was copied lasts until the password changes.

*Next*: :mod:`assembly_required.adapters.mail`.
"""

from datetime import timedelta

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_fresh, login_user, logout_user

from ...conduit.interfaces import Store
from ...conduit.model import Account, User
from ...stack.interfaces import Login
from ...web.fingerprint import fingerprint, matches


class Visitor(UserMixin):
    """A user as Flask-Login wants to see one."""

    def __init__(self, account: Account) -> None:
        self.user = account.user
        self._password_hash = account.password_hash

    def get_id(self) -> str:
        return f"{self.user.id}.{fingerprint(self._password_hash)}"


class FlaskLogin:
    """Sign-in by Flask-Login.

    :param store: where the users are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def sign_in(self, user: User, remember: bool = False) -> None:
        account = self._store.account(user.id)
        if account:
            login_user(Visitor(account), remember=remember)

    def sign_out(self) -> None:
        logout_user()

    def viewer(self) -> User | None:
        return current_user.user if current_user.is_authenticated else None

    def fresh(self) -> bool:
        return current_user.is_authenticated and bool(login_fresh())


def build(app: Flask, store: Store) -> Login:
    """Sign-in for the users in this store."""
    app.config["REMEMBER_COOKIE_DURATION"] = timedelta(days=app.config["REMEMBER_DAYS"])
    app.config["REMEMBER_COOKIE_SECURE"] = app.config["SESSION_COOKIE_SECURE"]
    app.config["REMEMBER_COOKIE_SAMESITE"] = app.config["SESSION_COOKIE_SAMESITE"]
    manager = LoginManager(app)

    @manager.user_loader
    def load(claim: str) -> Visitor | None:
        id, _, mark = claim.partition(".")
        account = store.account(int(id)) if id.isdecimal() and len(id) <= 18 else None
        return Visitor(account) if account and matches(mark, account.password_hash) else None

    return FlaskLogin(store)

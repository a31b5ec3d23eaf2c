"""``login = flask_login``: the user's id in the session, and the user behind it.

*In Django* ``AuthenticationMiddleware`` puts ``request.user`` there, ``login()`` and ``logout()`` write the session.

*Here* Flask-Login does the same with three pieces: a ``LoginManager``, a ``user_loader`` that finds the user of an
id, and ``current_user``. It wants objects with ``UserMixin``'s four attributes; the blog's dataclass is wrapped in
one.

*What it costs*: one package. ``current_user`` would also take the cookie of a browser that calls the API, so nothing
below ``/api`` reads it, and there is no session to read there.

*Next*: :mod:`assembly_required.adapters.validation`.
"""

from flask import Flask
from flask_login import LoginManager, UserMixin, current_user, login_user, logout_user

from ...conduit.model import User
from ...interfaces import Store


class Visitor(UserMixin):
    """A user as Flask-Login wants to see one."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.id = user.id


class FlaskLogin:
    """Sign-in by Flask-Login."""

    def sign_in(self, user: User) -> None:
        login_user(Visitor(user))

    def sign_out(self) -> None:
        logout_user()

    def viewer(self) -> User | None:
        return current_user.user if current_user.is_authenticated else None


def build(app: Flask, store: Store) -> FlaskLogin:
    """Sign-in for the users in this store."""
    manager = LoginManager(app)

    @manager.user_loader
    def load(id: str) -> Visitor | None:
        user = store.user(int(id))
        return Visitor(user) if user else None

    return FlaskLogin()

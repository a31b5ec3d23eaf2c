"""``login = flask_login``: Flask-Login keeps the key of a session in a cookie and loads the user.

*In Django* ``AuthenticationMiddleware`` sets ``request.user``, ``login()`` and ``logout()`` change the session, and
``@login_required`` protects a view. The session is a row in a table, and ``logout()`` deletes it.

*Here* Flask-Login does the same with a ``LoginManager``, a ``user_loader``, ``current_user``, and ``@login_required``.
It needs objects with the methods of ``UserMixin``, so :class:`Visitor` wraps the blog's dataclass. Most projects return
the user's id from ``get_id``, and Flask-Login writes it to a signed cookie. A signature proves who wrote a cookie, but
it cannot end it: a copy of the cookie still works after the user has signed out. So ``get_id`` returns the key of a row
in the table of sessions, which the documentation calls an alternative id, and ``user_loader`` loads the row together
with its user. A session that started from the remember cookie is not *fresh*, and ``FRESH_MINUTES`` after the password
was given none is; changing the account requires a fresh one.

*What it costs*: one package. The API must not accept the site's cookie, so no code below ``/api`` reads
``current_user``. Flask-Login signs its remember cookie with ``SECRET_KEY`` and knows no fallback keys, so
:class:`RotatingLoginManager` overrides a private method. It has no time limit for freshness. Most projects set
``login_view``. Here an ``unauthorized_handler`` does the redirect, because after a POST ``next`` must be a page that
can be opened with GET.

*Next*: :mod:`assembly_required.adapters.mail`.
"""

from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, request, session
from flask_login import (
    COOKIE_NAME,
    LoginManager,
    UserMixin,
    current_user,
    decode_cookie,
    encode_cookie,
    login_fresh,
    login_required,
    login_user,
    logout_user,
)

from ...conduit.interfaces import Store
from ...conduit.model import Session, User
from ...stack.interfaces import Login, View
from ...web.signing import secret_keys
from ...web.signins import SignIns, is_recent
from ...web.site.visitor import send_to_sign_in


class Visitor(UserMixin):
    """A user with the attributes that Flask-Login needs.

    :param key: the key of their session.
    """

    def __init__(self, key: str, signed_in: Session) -> None:
        self.user = signed_in.user
        self.signed_in = signed_in
        self._key = key

    def get_id(self) -> str:
        return self._key


class RotatingLoginManager(LoginManager):
    """A ``LoginManager`` that accepts remember cookies of the fallback keys too."""

    def _load_user_from_remember_cookie(self, cookie: str) -> Any:
        key = decode_remember_cookie(cookie)
        return super()._load_user_from_remember_cookie(encode_cookie(key)) if key else None


class FlaskLogin:
    """Sign-in with Flask-Login.

    :param sign_ins: the table of sessions.
    """

    def __init__(self, sign_ins: SignIns) -> None:
        self._sign_ins = sign_ins

    def sign_in(self, user: User, remember: bool = False) -> None:
        remembered = self._sign_ins.load(remembered_key())
        remember = remember or (remembered is not None and remembered.user.id == user.id)
        self.sign_out()
        login_user(Visitor(*self._sign_ins.start(user)), remember=remember)

    def sign_out(self) -> None:
        self._sign_ins.end(session.get("_user_id"), remembered_key())
        session.clear()
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
        return current_user.is_authenticated and login_fresh() and is_recent(current_user.signed_in)


def remembered_key() -> str | None:
    """Return the key in the remember cookie of this request."""
    return decode_remember_cookie(request.cookies.get(COOKIE_NAME, ""))


def decode_remember_cookie(cookie: str) -> str | None:
    """Return the key in a remember cookie that one of the app's keys has signed."""
    return next(filter(None, (decode_cookie(cookie, key=key) for key in secret_keys())), None)


def build(app: Flask, store: Store) -> Login:
    """Add Flask-Login to the app, for the users in this store."""
    app.config["REMEMBER_COOKIE_DURATION"] = timedelta(days=app.config["REMEMBER_DAYS"])
    app.config["REMEMBER_COOKIE_SECURE"] = app.config["SESSION_COOKIE_SECURE"]
    app.config["REMEMBER_COOKIE_SAMESITE"] = app.config["SESSION_COOKIE_SAMESITE"]
    app.config.setdefault("REMEMBER_COOKIE_PATH", urlsplit(app.config["SITE_URL"]).path or "/")
    manager = RotatingLoginManager(app)
    manager.unauthorized_handler(send_to_sign_in)
    sign_ins = SignIns(store)

    @manager.user_loader
    def load_user(key: str) -> Visitor | None:
        signed_in = sign_ins.load(key)
        return Visitor(key, signed_in) if signed_in else None

    return FlaskLogin(sign_ins)

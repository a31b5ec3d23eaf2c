"""``login = plain``: a random key in Flask's signed session, a table of sessions, and a cookie for "Remember me".

*In Django* ``django.contrib.sessions`` stores sessions in a table (``django_session``), and the cookie holds only the
key of a row. ``login()`` starts a new row, and ``logout()`` deletes it (``session.flush()``). "Remember me" is
``request.session.set_expiry()``.

*Here* Flask's session is the cookie itself, signed. A signature proves who wrote a cookie, but it cannot end it: a copy
of the cookie works until the key of the app changes. So the session holds the key of a row, as in Django, and
:mod:`assembly_required.web.signins` stores the rows. Each page loads the row together with its user. The decorator
``required`` is the ``login_required`` of Flask's tutorial. "Remember me" sets a second cookie with the same key. It
opens the session again after the browser was closed, but then the session is not *fresh*: the password was not given
in it. Freshness also ends ``FRESH_MINUTES`` after the password was given.

*What it costs*: no package, and some statements to sign in. The second cookie is not signed: its key is random, and it
works only while the table has a row for it.

*Next*: :mod:`assembly_required.adapters.login.flask_login`.
"""

from functools import wraps
from typing import Any

from flask import Flask, Response, after_this_request, current_app, g, request, session

from ...conduit.interfaces import Store
from ...conduit.model import Session, User
from ...stack.interfaces import Login, View
from ...web.signins import SignIns, is_recent
from ...web.site.visitor import send_to_sign_in

KEY = "_user_id"
FRESH = "_fresh"
"""The names that Flask-Login uses, so users stay signed in when the option of the slot is changed."""

COOKIE = "remember_token"
DAY = 24 * 60 * 60


class PlainLogin:
    """Sign-in with Flask's session.

    :param store: the store with the users.
    """

    def __init__(self, store: Store) -> None:
        self._sign_ins = SignIns(store)

    def sign_in(self, user: User, remember: bool = False) -> None:
        remembered = self._sign_ins.load(request.cookies.get(COOKIE))
        remember = remember or (remembered is not None and remembered.user.id == user.id)
        self.sign_out()
        session[KEY], g.signed_in = self._sign_ins.start(user)
        session[FRESH] = True
        if remember:
            _set_cookie(session[KEY])

    def sign_out(self) -> None:
        self._sign_ins.end(session.get(KEY), request.cookies.get(COOKIE))
        session.clear()
        g.signed_in = None
        if COOKIE in request.cookies:
            _set_cookie(None)

    def required(self, view: View) -> View:
        @wraps(view)
        def protected(**path: Any) -> Any:
            viewer = self.viewer()
            return send_to_sign_in() if viewer is None else view(viewer, **path)

        return protected

    def viewer(self) -> User | None:
        signed_in = self._load()
        return signed_in.user if signed_in else None

    def fresh(self) -> bool:
        signed_in = self._load()
        return signed_in is not None and session.get(FRESH) is True and is_recent(signed_in)

    def _load(self) -> Session | None:
        if "signed_in" not in g:
            g.signed_in = self._sign_ins.load(session.get(KEY)) or self._load_remembered()
        signed_in: Session | None = g.signed_in
        return signed_in

    def _load_remembered(self) -> Session | None:
        key = request.cookies.get(COOKIE)
        signed_in = self._sign_ins.load(key)
        if signed_in:
            session[KEY], session[FRESH] = key, False
        return signed_in


def _set_cookie(value: str | None) -> None:
    """Set the cookie with this response, or delete it."""

    @after_this_request
    def add(response: Response) -> Response:
        config = current_app.config
        response.set_cookie(
            COOKIE,
            value or "",
            max_age=config["REMEMBER_DAYS"] * DAY if value else 0,
            path=request.script_root or "/",
            secure=config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite=config["SESSION_COOKIE_SAMESITE"],
        )
        return response


def build(app: Flask, store: Store) -> Login:
    """Return the sign-in for the users in this store."""
    return PlainLogin(store)

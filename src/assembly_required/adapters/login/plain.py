"""``login = plain``: the user's id in Flask's signed session, and a second cookie for "Remember me".

*In Django* ``django.contrib.auth.login()`` writes ``_auth_user_id`` and ``_auth_user_hash`` to the session. "Remember
me" is ``request.session.set_expiry()``.

*Here* the session contains the user's id and a fingerprint of their password hash, until the browser is closed. Each
page loads the user by that id. The decorator ``required`` is the ``login_required`` of Flask's tutorial. "Remember me"
sets a signed cookie with the same two values and a date. It starts a new session, one that is not fresh.

*What it costs*: no package. The server has no list of sessions: only a new password ends them, and it ends them all.

*Next*: :mod:`assembly_required.adapters.login.flask_login`.
"""

from functools import wraps
from typing import Any

from flask import Flask, Response, after_this_request, current_app, g, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.interfaces import Store
from ...conduit.model import User
from ...stack.interfaces import Login, View
from ...web.fingerprint import fingerprint, matches
from ...web.site.visitor import send_to_sign_in

KEY = "visitor"
FRESH = "fresh"
COOKIE = "remember_token"
DAY = 24 * 60 * 60


class PlainLogin:
    """Sign-in with Flask's session.

    :param store: the store with the users.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def sign_in(self, user: User, remember: bool = False) -> None:
        account = self._store.account(user.id)
        if account is None:
            return
        session[KEY], session[FRESH] = [user.id, fingerprint(account.password_hash)], True
        g.visitor = user
        if remember:
            _set_cookie(_signer().dumps(session[KEY]))

    def sign_out(self) -> None:
        session.pop(KEY, None)
        session.pop(FRESH, None)
        g.visitor = None
        if COOKIE in request.cookies:
            _set_cookie(None)

    def required(self, view: View) -> View:
        @wraps(view)
        def protected(**path: Any) -> Any:
            viewer = self.viewer()
            return send_to_sign_in() if viewer is None else view(viewer, **path)

        return protected

    def viewer(self) -> User | None:
        if "visitor" not in g:
            g.visitor = self._load(session.get(KEY)) or self._load_remembered()
        visitor: User | None = g.visitor
        return visitor

    def fresh(self) -> bool:
        return self.viewer() is not None and session.get(FRESH, False) is True

    def _load(self, claim: Any) -> User | None:
        if not isinstance(claim, list) or len(claim) != 2:
            return None
        id, mark = claim
        account = self._store.account(id)
        return account.user if account and matches(mark, account.password_hash) else None

    def _load_remembered(self) -> User | None:
        if COOKIE not in request.cookies:
            return None
        try:
            claim = _signer().loads(request.cookies[COOKIE], max_age=_lifetime())
        except BadSignature:
            return None
        user = self._load(claim)
        if user:
            session[KEY], session[FRESH] = claim, False
        return user


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=__name__)


def _lifetime() -> int:
    """Return the lifetime of the cookie in seconds."""
    return int(current_app.config["REMEMBER_DAYS"]) * DAY


def _set_cookie(value: str | None) -> None:
    """Set the cookie with this response, or delete it."""

    @after_this_request
    def add(response: Response) -> Response:
        config = current_app.config
        response.set_cookie(
            COOKIE,
            value or "",
            max_age=_lifetime() if value else 0,
            path=request.script_root or "/",
            secure=config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite=config["SESSION_COOKIE_SAMESITE"],
        )
        return response


def build(app: Flask, store: Store) -> Login:
    """Return the sign-in for the users in this store."""
    return PlainLogin(store)

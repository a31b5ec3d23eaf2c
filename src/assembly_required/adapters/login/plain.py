"""``login = plain``: the user's id in Flask's signed session, and a second cookie to be remembered by.

*In Django* ``request.session["_auth_user_id"]`` and ``["_auth_user_hash"]``, which ``django.contrib.auth.login()``
writes; "remember me" is ``request.session.set_expiry()``.

*Here* the same by hand, as in Flask's own tutorial: id and mark of the password in the session, which ends with the
browser, and one look into the store for each request that asks. Whoever wants to be remembered gets a signed cookie
with the same two things and a date; from it a session begins anew, one that is not fresh.

*What it costs*: no package. There is no list of sessions: to end one is to change the password, which ends them all.

*Next*: :mod:`assembly_required.adapters.login.flask_login`.
"""

from typing import Any

from flask import Flask, Response, after_this_request, current_app, g, request, session
from itsdangerous import BadSignature, URLSafeTimedSerializer

from ...conduit.interfaces import Store
from ...conduit.model import User
from ...stack.interfaces import Login
from ...web.fingerprint import fingerprint, matches

KEY = "visitor"
FRESH = "fresh"
COOKIE = "remember_token"
DAY = 24 * 60 * 60


class PlainLogin:
    """Sign-in by Flask's session.

    :param store: where the users are.
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

    def viewer(self) -> User | None:
        if "visitor" not in g:
            g.visitor = self._known(session.get(KEY)) or self._remembered()
        visitor: User | None = g.visitor
        return visitor

    def fresh(self) -> bool:
        return self.viewer() is not None and session.get(FRESH, False) is True

    def _known(self, claim: Any) -> User | None:
        if not isinstance(claim, list) or len(claim) != 2:
            return None
        id, mark = claim
        account = self._store.account(id)
        return account.user if account and matches(mark, account.password_hash) else None

    def _remembered(self) -> User | None:
        if COOKIE not in request.cookies:
            return None
        try:
            claim = _signer().loads(request.cookies[COOKIE], max_age=_lifetime())
        except BadSignature:
            return None
        user = self._known(claim)
        if user:
            session[KEY], session[FRESH] = claim, False
        return user


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(str(current_app.secret_key), salt=__name__)


def _lifetime() -> int:
    """Seconds."""
    return int(current_app.config["REMEMBER_DAYS"]) * DAY


def _set_cookie(value: str | None) -> None:
    """Give the cookie to the browser with this response, or take it away."""

    @after_this_request
    def add(response: Response) -> Response:
        config = current_app.config
        response.set_cookie(
            COOKIE,
            value or "",
            max_age=_lifetime() if value else 0,
            secure=config["SESSION_COOKIE_SECURE"],
            httponly=True,
            samesite=config["SESSION_COOKIE_SAMESITE"],
        )
        return response


def build(app: Flask, store: Store) -> Login:
    """Sign-in for the users in this store."""
    return PlainLogin(store)

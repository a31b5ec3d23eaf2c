"""``login = plain``: the user's id in Flask's signed session.

*In Django* ``request.session["_auth_user_id"]``, which ``django.contrib.auth.login()`` writes.

*Here* the same by hand, as in Flask's own tutorial: one key in the session, and one look into the store for each
request that asks. Flask signs the session, so the id cannot be changed by its bearer.

*What it costs*: no package. There is no "remember me" and no notice of a session that was copied elsewhere.

*Next*: :mod:`assembly_required.adapters.login.flask_login`.
"""

from flask import Flask, g, session

from ...conduit.model import User
from ...interfaces import Store

KEY = "user_id"


class PlainLogin:
    """Sign-in by Flask's session.

    :param store: where the users are.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def sign_in(self, user: User) -> None:
        session[KEY] = user.id
        g.visitor = user

    def sign_out(self) -> None:
        session.pop(KEY, None)
        g.visitor = None

    def viewer(self) -> User | None:
        if "visitor" not in g:
            g.visitor = self._store.user(session[KEY]) if KEY in session else None
        visitor: User | None = g.visitor
        return visitor


def build(app: Flask, store: Store) -> PlainLogin:
    """Sign-in for the users in this store."""
    return PlainLogin(store)

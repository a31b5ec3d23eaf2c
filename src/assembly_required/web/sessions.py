"""Cookies for the site, none for the API.

*In Django* ``SessionMiddleware`` loads lazily, so a view that does not look at ``request.session`` pays nothing.

*Here* Flask's signed cookie, opened for the site only. Below ``/api`` there is no session at all: a signed-in browser's
cookie cannot stand in for a token, whatever an extension tries.

It is no slot. What Flask-Session adds, sessions kept on a server, changes no page of this blog: what is in the cookie
is a user's id, a mark of his password, and a message or two, and a changed password ends them all.

*What it costs*: nothing; it saves 20 µs a request of the API.

*Next*: :mod:`assembly_required.adapters`.
"""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from .api import is_api


class SiteSessions(SecureCookieSessionInterface):
    """Flask's session interface, blind below the API's prefix."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of this request; ``None`` makes Flask use one that refuses to be written."""
        if is_api(request.path):
            return None
        return super().open_session(app, request)

"""Session cookies for the site only. Requests of programs have no session, so a signed-in browser's cookie cannot
replace a token.
"""

from flask import Flask, Request, request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from .api import is_for_programs
from .firstrun import find_key


class SiteSessions(SecureCookieSessionInterface):
    """Flask's session interface, without sessions for requests of programs."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open the session of this request; for ``None`` Flask uses one that cannot be written."""
        if is_for_programs(request.path):
            return None
        find_key(app)
        return super().open_session(app, request)

    def get_cookie_path(self, app: Flask) -> str:
        """Return the path prefix of the app, so that other apps on the same host do not receive the cookie."""
        return app.config["SESSION_COOKIE_PATH"] or request.script_root or super().get_cookie_path(app)

"""Session cookies for the site only. Requests below ``/api`` have no session, so a signed-in browser's cookie cannot
replace a token.
"""

from flask import Flask, Request
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface

from .api import is_api


class SiteSessions(SecureCookieSessionInterface):
    """Flask's session interface, without sessions below the API's prefix."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Open the session of this request; for ``None`` Flask uses one that cannot be written."""
        if is_api(request.path):
            return None
        return super().open_session(app, request)

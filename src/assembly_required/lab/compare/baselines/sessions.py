"""No sessions: what the baselines on Flask tell it, since they are APIs alone.

*In Django* one leaves ``SessionMiddleware`` out.

*Here* Flask is given a session interface that opens none, as the stacks do below ``/api``.

*What it costs*: nothing; it saves 20 µs a request.

*Next*: :mod:`assembly_required.lab.compare.baselines.empty`.
"""

from flask import Flask, Request
from flask.sessions import SecureCookieSessionInterface


class NoSessions(SecureCookieSessionInterface):
    """Sessions are the site's, and these are APIs."""

    def open_session(self, app: Flask, request: Request) -> None:
        """There is none."""

"""Remember a visitor on every stack.

Both options of ``login`` keep the key of the session in the cookie ``remember_token``. Flask-Login signs it, the other
one does not. So a cookie of one is rewritten before a stack with the other option reads it.
"""

from typing import Any

from flask import Flask
from werkzeug.http import parse_cookie

from ..stack.assembly import assembled
from .cookies import format_cookies

COOKIE = "remember_token"
SIGNED = "|"
"""What Flask-Login writes between the key and its signature. No key contains it."""


def accept_sessions(app: Flask) -> None:
    """Let an app accept sessions that began on a stack with another option of ``login``.

    Flask-Login stores in a session which browser began it, and asks for the password again if that does not match. In
    the session of another option it is missing, so the check is turned off.

    Source: https://flask-login.readthedocs.io/en/latest/#session-protection
    """
    app.config["SESSION_PROTECTION"] = None


def accept_remembered(app: Flask, environ: dict[str, Any]) -> dict[str, Any]:
    """Return the WSGI environment of a request with a remember cookie that an app understands."""
    header = environ.get("HTTP_COOKIE", "")
    if COOKIE not in header:
        return environ
    cookies = parse_cookie(header)
    if not cookies.get(COOKIE):
        return environ
    with app.app_context():
        cookies[COOKIE] = translate(cookies[COOKIE], assembled(app).choice["login"].option.name)
    return {**environ, "HTTP_COOKIE": format_cookies(cookies.items(multi=True))}


def translate(cookie: str, option: str) -> str:
    """Translate the value of a remember cookie for an option of ``login``. Needs an application context.

    A value whose signature is wrong stays as it is, and no option accepts it.
    """
    if option == "plain" and SIGNED in cookie:
        from ..adapters.login.flask_login import decode_remember_cookie

        return decode_remember_cookie(cookie) or cookie
    if option == "flask_login" and SIGNED not in cookie:
        from flask_login import encode_cookie

        signed: str = encode_cookie(cookie)
        return signed
    return cookie

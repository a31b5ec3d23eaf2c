"""Refuse forged forms, and say why in the log. In debug mode, the page says it too.

A form of this site is refused too if a proxy hides from the app which host and scheme the browser used.
"""

from urllib.parse import urlsplit

from flask import current_app, request
from werkzeug.exceptions import BadRequest

from ...conduit.errors import Refusal
from ...stack.interfaces import Forms

ADVICE = "advice"
"""The key under which the page of an error finds what a developer may read."""


class ForgedForm(Refusal):
    """The form has no valid CSRF token, or came from another site."""

    status = 400

    def __init__(self, advice: list[str]) -> None:
        super().__init__({ADVICE: advice})


def refuse_forged_form(forms: Forms) -> None:
    """Check the form of this request.

    :raises ForgedForm: it is not from this site.
    """
    try:
        forms.protect()
    except BadRequest as error:
        advice = [str(error.description), describe_request(), *advise()]
        current_app.logger.warning("The form sent to %r was refused. %s", request.path, " ".join(advice))
        raise ForgedForm(advice if current_app.debug else []) from None


def describe_request() -> str:
    """Describe what a CSRF check compares."""
    origin, referer = request.headers.get("Origin"), request.headers.get("Referer")
    return f"The request was sent to {request.host_url!r}, with Origin {origin!r} and Referer {referer!r}."


def advise() -> list[str]:
    """Return what to change if the form is from this site after all."""
    config, source = current_app.config, request.headers.get("Origin") or request.headers.get("Referer")
    if config["SESSION_COOKIE_NAME"] not in request.cookies:
        if config["SESSION_COOKIE_SECURE"] and not request.is_secure:
            return [
                "The browser keeps back the session cookie, because SESSION_COOKIE_SECURE is true and the request did "
                "not use HTTPS. Open the site by HTTPS, or set SESSION_COOKIE_SECURE to false."
            ]
        return ["The browser sent no session cookie. Cookies may be blocked, or the form was opened long ago."]
    if source and not _is_here(source):
        return [
            "If the form is from this site, a proxy in front of it changes the host or the scheme. Let the proxy send "
            "X-Forwarded-Host and X-Forwarded-Proto, and set PROXY_FIX to the number of proxies."
        ]
    if request.is_secure and not source:
        return [
            "Over HTTPS, a form needs a Referer. If the form is from this site, the browser, an extension or a proxy "
            "removes it, or a proxy replaces the header Referrer-Policy: same-origin of the page."
        ]
    return []


def _is_here(source: str) -> bool:
    try:
        sent, here = urlsplit(source), urlsplit(request.host_url)
    except ValueError:
        return False
    return (sent.scheme, sent.netloc) == (here.scheme, here.netloc)

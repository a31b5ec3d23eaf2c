"""Forms that were loaded on one stack and sent on another.

Each option of ``forms`` has its own CSRF token, so a stack refuses the form of another stack. Here such a request is
checked again, with the same cookies and the same body, by the stacks that may have made the form. If one of them
accepts it, it is accepted. A forged form has no token that any of them accepts. Django's check of the origin is always
made, because the other options may not make it.
"""

from collections.abc import Callable, Iterable
from io import BytesIO
from urllib.parse import urlsplit

from flask import Flask, Request, g, request
from werkzeug.exceptions import BadRequest

from ..stack.assembly import assembled

PROTECT = "assembly_required.workbench.protect"
"""The key in ``app.extensions`` of an app's own check."""


def let_others_vouch(app: Flask, find_others: Callable[[], Iterable[Flask]]) -> None:
    """Let other apps vouch for forms that an app would refuse.

    :param find_others: returns the apps that may have made the form.
    """
    forms = assembled(app).forms
    protect = app.extensions[PROTECT] = forms.protect

    def protect_or_ask() -> None:
        body = request.get_data()  # kept, so that the form can be read again
        try:
            protect()
        except BadRequest:
            others = (other for other in find_others() if assembled(other).forms is not forms)
            if not is_from_here(request) or not any(vouches(other, body) for other in others):
                raise
            g.csrf_valid = True  # Flask-WTF's forms look at it, as they do after its own check

    forms.protect = protect_or_ask  # type: ignore[method-assign]


def vouches(app: Flask, body: bytes) -> bool:
    """Check whether an app would have accepted the form of this request.

    :param body: the body of the request.
    """
    protect = app.extensions.get(PROTECT) or assembled(app).forms.protect
    with app.request_context({**request.environ, "wsgi.input": BytesIO(body)}):
        try:
            protect()
        except BadRequest:
            return False
    return True


def is_from_here(sent: Request) -> bool:
    """Check that a form was sent by a page of this site, as ``CsrfViewMiddleware`` of Django does.

    The header ``Origin`` has to be this site. Without it, ``Referer`` has to be, if the request is encrypted.

    Source: https://docs.djangoproject.com/en/stable/ref/csrf/#how-it-works
    """
    here = f"{sent.scheme}://{sent.host}"
    if "Origin" in sent.headers:
        return sent.headers["Origin"] == here
    return not sent.is_secure or find_origin(sent.headers.get("Referer", "")) == here


def find_origin(url: str) -> str:
    """Return the scheme and the host of a URL; empty if it has none.

    >>> find_origin("https://localhost/login"), find_origin("https://["), find_origin("")
    ('https://localhost', '', '')
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.netloc}" if parts.netloc else ""

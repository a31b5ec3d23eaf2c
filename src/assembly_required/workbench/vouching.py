"""Forms that were loaded on one stack and sent on another.

Each option of ``forms`` has a CSRF token of its own, so the form of another stack is refused. Here the stack that made
the form may vouch for it: the request is accepted if that stack, asked with the same cookies and the same body, would
have accepted it. A forged form has no token that any of them accepts.
"""

from collections.abc import Callable, Iterable
from io import BytesIO

from flask import Flask, g, request
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
            if not any(vouches(other, body) for other in find_others() if other is not app):
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

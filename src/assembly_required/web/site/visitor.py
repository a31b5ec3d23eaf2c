"""Who is signed in, and where to redirect them. ``next`` may only name a page of this site."""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from flask import abort, redirect, request, url_for

from ...stack.interfaces import Login

View = Callable[..., Any]

LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path, but not ``//host`` or ``/\\host``, and without the white space that browsers remove from URLs."""


def local(target: str | None) -> str | None:
    """Return the target of a redirect if it stays on this site.

    >>> local("/editor?a=b"), local("//elsewhere.example"), local("https:/elsewhere.example"), local("/\\t/elsewhere")
    ('/editor?a=b', None, None, None)
    """
    return target if target and LOCAL.fullmatch(target) else None


def members_only(login: Login) -> Callable[[View], View]:
    """Return a decorator that passes the viewer to the view, and redirects anonymous visitors to sign in."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(**path: Any) -> Any:
            viewer = login.viewer()
            if viewer is None:
                send_to_sign_in()
            return view(viewer, **path)

        return guarded

    return decorate


def send_to_sign_in() -> NoReturn:
    """Redirect to the sign-in form, which redirects back afterwards."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.form.get("next")
    abort(redirect(url_for("site.show_login", next=local(wanted) or "/")))


def back(otherwise: str) -> str:
    """Return the page that the form names in ``next``, or the default."""
    return local(request.form.get("next")) or otherwise

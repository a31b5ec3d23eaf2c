"""Who looks, where he came from, and where he may be sent.

*In Django* ``@login_required``, ``redirect_field_name`` and ``url_has_allowed_host_and_scheme``.

*Here* a visitor who is not signed in is sent to the form, with the page he wanted in ``next``; and ``next``, which
anybody can write into a link, leads nowhere but to this site.

*What it costs*: what was typed into a form is lost if the session ends meanwhile.

*Next*: :mod:`assembly_required.web.site.answering`.
"""

import re
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from flask import abort, redirect, request, url_for

from ...stack.interfaces import Login

View = Callable[..., Any]

LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path, and not ``//host`` or ``/\\host``; without the white space that browsers take out of addresses."""


def local(target: str | None) -> str | None:
    """The target of a redirect, if it stays on this site.

    >>> local("/editor?a=b"), local("//elsewhere.example"), local("https:/elsewhere.example"), local("/\\t/elsewhere")
    ('/editor?a=b', None, None, None)
    """
    return target if target and LOCAL.fullmatch(target) else None


def members_only(login: Login) -> Callable[[View], View]:
    """A decorator: the view gets the viewer as its first argument, and others are sent to sign in."""

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
    """End this request with a redirect to the form; from there it goes on where it was interrupted."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.form.get("next")
    abort(redirect(url_for("site.show_login", next=local(wanted) or "/")))


def back(otherwise: str) -> str:
    """Where the form says that it stood, or somewhere else."""
    return local(request.form.get("next")) or otherwise

"""Redirect visitors to sign in and back again. ``next`` may only name a page of this site."""

import re
from typing import NoReturn

from flask import abort, redirect, request, url_for

LOCAL = re.compile(r"/(?![/\\])[^\\\x00-\x20\x7f]*")
"""A path, but not ``//host`` or ``/\\host``, and without the white space that browsers remove from URLs."""


def local(target: str | None) -> str | None:
    """Return the target of a redirect if it stays on this site.

    >>> local("/editor?a=b"), local("//elsewhere.example"), local("https:/elsewhere.example"), local("/\\t/elsewhere")
    ('/editor?a=b', None, None, None)
    """
    return target if target and LOCAL.fullmatch(target) else None


def send_to_sign_in() -> NoReturn:
    """Redirect to the sign-in form, which redirects back afterwards."""
    wanted = request.full_path.rstrip("?") if request.method == "GET" else request.form.get("next")
    abort(redirect(url_for("site.show_login", next=local(wanted) or "/")))


def back(otherwise: str) -> str:
    """Return the page that the form names in ``next``, or the default."""
    return local(request.form.get("next")) or otherwise

"""Redirect visitors to sign in and back again. ``next`` may only name a page of this site, below its path prefix."""

import re
from typing import NoReturn
from urllib.parse import urlsplit

from flask import abort, redirect, request, url_for

LOCAL = re.compile(r"/(?!/)(?!(.*/)?(\.|%2e){1,2}([/?#]|$))[^\\\x00-\x20\x7f]*", re.IGNORECASE)
"""A path, but not ``//host`` or ``/\\host``, without the white space that browsers remove, and without ``/../``."""


def local(target: str | None) -> str | None:
    """Return the target of a redirect if it stays on this site."""
    return target if target and is_below(request.script_root, target) else None


def is_below(prefix: str, target: str) -> bool:
    """Whether a URL is a path below a prefix.

    >>> [is_below("", path) for path in ("/editor?a=b", "//elsewhere.example", "https:/elsewhere.example", "/\\t/x")]
    [True, False, False, False]
    >>> [is_below("/blog", path) for path in ("/blog/editor", "/blogger", "/", "/blog/../shop", "/blog/%2E./shop")]
    [True, False, False, False, False]
    """
    return target.startswith(f"{prefix}/") and LOCAL.fullmatch(target.removeprefix(prefix)) is not None


def here() -> str:
    """Return the path of this page, with the path prefix of the app and the query."""
    parts = urlsplit(request.url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def send_to_sign_in() -> NoReturn:
    """Redirect to the sign-in form, which redirects back afterwards."""
    wanted = here() if request.method == "GET" else request.form.get("next")
    abort(redirect(url_for("site.show_login", next=local(wanted) or url_for("site.home"))))


def back(otherwise: str) -> str:
    """Return the page that the form names in ``next``, or the default."""
    return local(request.form.get("next")) or otherwise

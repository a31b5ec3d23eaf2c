"""A page of the mail that was sent, at ``/mail``.

Mail may contain links that open accounts, so the page exists only in debug mode, and only for a browser on the same
machine. A server that was left in debug mode by mistake does not show it to its visitors.
"""

from urllib.parse import urlsplit

from flask import Blueprint, Request, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from .. import outbox
from .links import HERE

LOOPBACK = ("127.0.0.1", "::1")

FORWARDED = ("Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP")


def is_local(request: Request) -> bool:
    """Check whether a request comes from this machine, directly.

    Behind a proxy on this machine, every visitor seems to come from it. A proxy adds one of these headers, or keeps the
    name of the public host. Checking the name also stops a page of another site whose name was pointed to this machine.
    """
    to_here = urlsplit(request.host_url).hostname in HERE
    return request.remote_addr in LOOPBACK and to_here and not any(header in request.headers for header in FORWARDED)


def add_pages(blueprint: Blueprint) -> None:
    """Add the page to the site."""

    @blueprint.get("/mail")
    def letters() -> ResponseReturnValue:
        if not (current_app.debug and is_local(request)):
            abort(404)
        page = render_template("letters.html", letters=outbox.letters(current_app))
        return page, {"Cache-Control": "no-store"}

"""A page of the mail that was sent, at ``/mail``.

Mail may contain links that open accounts, so the page exists only in debug mode, and only for a browser on the same
machine. A server that was left in debug mode by mistake does not show it to its visitors.
"""

from ipaddress import ip_address

from flask import Blueprint, Request, abort, current_app, render_template, request
from flask.typing import ResponseReturnValue

from .. import outbox

FORWARDED = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "Via")


def add_pages(blueprint: Blueprint) -> None:
    """Add the page to the site."""

    @blueprint.get("/mail")
    def letters() -> ResponseReturnValue:
        if not current_app.debug or not is_local(request):
            abort(404)
        return render_template("letters.html", letters=outbox.letters(current_app))


def is_local(request: Request) -> bool:
    """Check whether a request comes from this machine, directly.

    Behind a proxy on this machine, every visitor seems to come from it. A proxy adds one of these headers, or keeps the
    name of the public host. The name also stops a page of another site whose name was pointed to this machine.
    """
    host = request.host.rpartition(":")[0] or request.host
    local_name = host in ("localhost", "[::1]") or _is_loopback(host)
    return (
        local_name
        and _is_loopback(request.remote_addr or "")
        and not any(each in request.headers for each in FORWARDED)
    )


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False

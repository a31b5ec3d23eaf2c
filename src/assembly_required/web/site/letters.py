"""A page of the mail that was sent, at ``/mail``. It exists only in debug mode: mail may contain secret links."""

from flask import Blueprint, abort, current_app, render_template
from flask.typing import ResponseReturnValue

from .. import outbox


def add_pages(blueprint: Blueprint) -> None:
    """Add the page to the site."""

    @blueprint.get("/mail")
    def letters() -> ResponseReturnValue:
        if not current_app.debug:
            abort(404)
        page = render_template("letters.html", letters=outbox.letters(current_app))
        return page, {"Cache-Control": "no-store"}

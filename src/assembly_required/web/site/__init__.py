"""The HTML site: a Flask blueprint with Jinja templates, forms that post, and redirects.

The pages use the same use cases as the API. The only script is the tag field of the editor.
"""

from functools import partial

from flask import Blueprint, Flask, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import SecurityError

from ...conduit.errors import Unavailable
from ...conduit.hashing import BoundedHashing
from ...conduit.interfaces import Attempts, Notices, Permissions, Store
from ...stack.interfaces import Forms, Login
from ..attempts import SAFE
from . import (
    accounts,
    avatars,
    confirmation,
    editor,
    emails,
    feeds,
    forgery,
    letters,
    profiles,
    reactions,
    reading,
    recovery,
    rendering,
    settings,
)
from .mailing import Letters
from .visitor import here

TITLES = {
    400: "Bad request",
    401: "Please sign in",
    403: "Not allowed",
    404: "Page not found",
    405: "Method not allowed",
    410: "This link is no longer valid",
    413: "Request too large",
    429: "Too many attempts",
    500: "Server error",
    503: "Not available",
}

WORDS = {
    400: "If you sent a form, it had expired or came from another site. Go back, reload the page and send it again.",
    403: "Only the author or a moderator can do that.",
    404: "It may have been deleted, or it never existed.",
    410: "It was already used, has expired, or is incomplete. Request a new one.",
    413: "A request may contain at most one megabyte.",
    429: "Wait for some time, and try again.",
    500: "The error was logged. Try again later.",
    503: "The server cannot do that at the moment. Try again in a few seconds.",
}


def build(
    app: Flask,
    store: Store,
    hashing: BoundedHashing,
    permissions: Permissions,
    login: Login,
    forms: Forms,
    mailing: Letters,
    notices: Notices,
    attempts: Attempts,
) -> None:
    """Add the pages to an app."""
    blueprint = Blueprint(
        "site", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    rendering.add_filters(app)
    app.add_template_global(forms.csrf_field, "csrf_field")
    reading.add_pages(blueprint, store, permissions, login, forms)
    profiles.add_pages(blueprint, store, login)
    editor.add_pages(blueprint, store, permissions, login, forms)
    reactions.add_pages(blueprint, store, permissions, login, forms)
    accounts.add_pages(blueprint, store, hashing, login, forms, mailing, attempts)
    confirmation.add_pages(blueprint, store, login, mailing, attempts)
    recovery.add_pages(blueprint, store, hashing, forms, mailing, attempts)
    settings.add_pages(blueprint, store, hashing, permissions, login, forms, mailing, notices, attempts)
    emails.add_pages(blueprint, store, hashing, mailing)
    letters.add_pages(blueprint)
    feeds.add_pages(blueprint, store)
    avatars.add_pages(blueprint)

    guard(blueprint, forms)
    app.add_template_global(here)
    app.context_processor(partial(who_looks, login))
    app.register_blueprint(blueprint)


def guard(blueprint: Blueprint, forms: Forms) -> None:
    """Check the CSRF token of every form."""

    @blueprint.before_request
    def refuse_forged_forms() -> None:
        if request.method not in SAFE:
            forgery.refuse_forged_form(forms)

    @blueprint.get("/favicon.ico")
    def icon() -> ResponseReturnValue:
        """Browsers request this path for the pages of the admin and the documentation."""
        return redirect(url_for("site.static", filename="icon.svg"))


def who_looks(login: Login) -> dict[str, object]:
    """Provide ``viewer`` to every template."""
    if "viewer" not in g:
        g.viewer = login.viewer()
    return {"viewer": g.viewer}


def error_page(status: int, errors: dict[str, list[str]]) -> ResponseReturnValue:
    """Render the page of an error. From 500 on no user is loaded, because the database may have failed."""
    if status >= 500:
        g.viewer = None
    if isinstance(request.routing_exception, SecurityError):  # Flask builds no URLs for a host that it does not trust
        return render_template("untrusted_host.html"), status
    messages = [WORDS.get(status, ""), *errors.get(forgery.ADVICE, [])]
    if status == 503 and errors != Unavailable.example:
        messages = [message for said in errors.values() for message in said]
    title = TITLES.get(status, "Error")
    return render_template("error.html", status=status, title=title, messages=messages), status

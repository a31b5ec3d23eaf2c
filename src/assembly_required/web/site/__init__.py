"""The HTML half: pages rendered on the server, forms that post and redirect.

*In Django* views, templates, ``django.contrib.messages`` and the CSRF middleware.

*Here* a Flask blueprint with Jinja templates. It goes the same way as the API: who looks (the ``login`` slot), what the
form says (the ``forms`` slot, with the same limits), and then the same use cases of :mod:`assembly_required.conduit`.
Messages are Flask's ``flash``. The only script is the one for tags in the editor.

*What it costs*: Jinja is not a slot. Flask's own design notes call an abstraction over template engines that keeps
what is special in each "a science on its own", and a page that shows the least common denominator would teach
nothing.

*Next*: :mod:`assembly_required.web.site.visitor`.
"""

from functools import partial

from flask import Blueprint, Flask, Response, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Hashing, Permissions, Store
from ...stack.interfaces import Forms, Login, Mail
from . import (
    accounts,
    avatars,
    confirmation,
    editor,
    feeds,
    letters,
    profiles,
    reactions,
    reading,
    recovery,
    rendering,
    settings,
)

TITLES = {
    400: "That was not understood",
    401: "Please sign in",
    403: "That is not yours",
    404: "Nothing here",
    405: "That is not how this page is used",
    410: "This link is void",
    413: "That is too much at once",
    500: "Something broke",
    503: "Not available",
}

WORDS = {
    400: "If you sent a form, it was too old, or came from elsewhere. Go back, load the page anew, and send it again.",
    403: "Only whoever wrote it, or a moderator, can do that.",
    404: "It may have been deleted, or never was.",
    410: "It was used already, or is too old, or something is missing at its end. Ask for another one.",
    413: "One request may carry one megabyte.",
    500: "It is not your fault. It has been written down.",
}

SAFE = {"GET", "HEAD", "OPTIONS"}

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src * data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""What a browser may do with a page. Source: https://www.w3.org/TR/CSP3/"""


def build(
    app: Flask,
    store: Store,
    hashing: Hashing,
    permissions: Permissions,
    login: Login,
    forms: Forms,
    mail: Mail,
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
    accounts.add_pages(blueprint, store, hashing, login, forms, mail)
    confirmation.add_pages(blueprint, store, login, mail)
    recovery.add_pages(blueprint, store, hashing, forms, mail)
    settings.add_pages(blueprint, store, hashing, permissions, login, forms, mail)
    letters.add_pages(blueprint)
    feeds.add_pages(blueprint, store)
    avatars.add_pages(blueprint)

    guard(blueprint, forms)
    app.context_processor(partial(who_looks, login))
    app.register_blueprint(blueprint)


def guard(blueprint: Blueprint, forms: Forms) -> None:
    """What holds for every page: no forged form is taken, and a browser is told what it may do."""

    @blueprint.before_request
    def refuse_forged_forms() -> None:
        """Source: RFC 9110, section 9.2.1, for what is safe."""
        if request.method not in SAFE:
            forms.protect()

    @blueprint.after_request
    def add_headers(response: Response) -> Response:
        response.headers.extend(HEADERS)
        return response

    @blueprint.get("/favicon.ico")
    def icon() -> ResponseReturnValue:
        """For pages that are not ours, of the admin and the documentation: browsers ask for it by this name."""
        return redirect(url_for("site.static", filename="icon.svg"))


def who_looks(login: Login) -> dict[str, object]:
    """For every template."""
    if "viewer" not in g:
        g.viewer = login.viewer()
    return {"viewer": g.viewer}


def error_page(status: int, errors: dict[str, list[str]]) -> ResponseReturnValue:
    """A page for an error. From 500 on nobody is looked up: what failed may be the database."""
    if status >= 500:
        g.viewer = None
    messages = [message for said in errors.values() for message in said] if status == 503 else []
    title = TITLES.get(status, "That did not work")
    page = render_template("error.html", status=status, title=title, words=WORDS.get(status, ""), messages=messages)
    return page, status, HEADERS

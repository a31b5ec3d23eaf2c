"""The HTML half: pages rendered on the server, forms that post and redirect.

*In Django* views, templates, ``django.contrib.messages`` and the CSRF middleware.

*Here* a Flask blueprint with Jinja templates. It goes the same way as the API: who looks (the ``login`` slot), what the
form says (the ``validation`` slot, so the limits are the same), and then the same use cases of
:mod:`assembly_required.conduit`.

*What it costs*: Jinja is not a slot. Flask's own design notes call an abstraction over template engines that keeps
what is special in each "a science on its own", and a page that shows the least common denominator would teach
nothing.

*Next*: :mod:`assembly_required.site.csrf`.
"""

from flask import Blueprint, Flask, g, render_template
from flask.typing import ResponseReturnValue

from ..interfaces import Hashing, Login, Store, Validation
from . import accounts, csrf, reading, rendering

TITLES = {
    400: "That was not understood",
    403: "That is not yours",
    404: "Nothing here",
    405: "That is not how this page is used",
    413: "That is too much at once",
    500: "Something broke",
    503: "Not set up yet",
}


def build(app: Flask, store: Store, hashing: Hashing, login: Login, validation: Validation) -> None:
    """Add the pages to an app."""
    blueprint = Blueprint(
        "site", __name__, template_folder="templates", static_folder="static", static_url_path="/static"
    )
    rendering.add_filters(app)
    csrf.protect(app, blueprint)
    reading.add_pages(blueprint, store, login)
    accounts.add_pages(blueprint, store, hashing, login, validation)

    @app.context_processor
    def who_looks() -> dict[str, object]:
        if "viewer" not in g:
            g.viewer = login.viewer()
        return {"viewer": g.viewer}

    app.register_blueprint(blueprint)


def error_page(status: int, errors: dict[str, list[str]]) -> ResponseReturnValue:
    """A page for an error. From 500 on nobody is looked up: what failed may be the database."""
    if status >= 500:
        g.viewer = None
    messages = [message for said in errors.values() for message in said] if status == 503 else []
    return render_template(
        "error.html", status=status, title=TITLES.get(status, "That did not work"), messages=messages
    )

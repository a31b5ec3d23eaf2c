"""The page ``/stack``: what fills each slot, and the source of every adapter.

It exists only under Flask's development server or in debug mode. Elsewhere it answers 404 and the footer has no link.
"""

from flask import Blueprint, Flask, abort, current_app, has_request_context, render_template, request
from flask.typing import ResponseReturnValue

from ..stack.assembly import Choice
from ..stack.describe import PACKAGE, describe_stack, find_source
from ..stack.settings import Settings


def build(app: Flask, settings: Settings, choice: Choice) -> None:
    """Add the page to an app."""
    blueprint = Blueprint("stack", __name__, url_prefix="/stack", template_folder="templates", static_folder="static")

    @blueprint.before_request
    def hide_in_production() -> None:
        if not is_development():
            abort(404)

    @blueprint.app_context_processor
    def add_link() -> dict[str, object]:
        """Tell the template ``base.html`` whether its footer has the link."""
        return {"has_stack_page": is_development()}

    @blueprint.get("")
    def show() -> ResponseReturnValue:
        return render_template("stack.html", **describe_stack(settings, choice))

    @blueprint.get("/source/<slot>/<option>")
    def source(slot: str, option: str) -> ResponseReturnValue:
        """Show the source of an option. The URL is looked up in the table, so no part of it becomes part of a path."""
        paths = find_source(slot, option)
        if not paths:
            abort(404)
        files = {path.relative_to(PACKAGE.parent).as_posix(): path.read_text(encoding="utf-8") for path in paths}
        return render_template("stack_source.html", slot=slot, option=option, files=files)

    app.register_blueprint(blueprint)


def is_development() -> bool:
    """Check whether the request came through Flask's development server, or the app is in debug mode."""
    if current_app.debug:
        return True
    # Mail is rendered after the response, without a request.
    return has_request_context() and request.environ.get("SERVER_SOFTWARE", "").startswith("Werkzeug/")

"""The tutorial at ``/tutorial``: its routes, and who sees it.

The views are in :mod:`assembly_required.reader.views`, which is imported when somebody opens a page. So an app that
nobody reads starts as fast as without the tutorial.
"""

from functools import cached_property
from typing import Any

from flask import Blueprint, Flask, abort
from flask.typing import ResponseReturnValue
from werkzeug.utils import import_string

from ..stack.settings import Settings
from .stack_page import is_development

ROUTES = {
    "/": "contents",
    "/<name>/": "chapter",
    "/<slot>/<one>-and-<other>/": "pair",
    "/<slot>/<one>-and-<other>/diff/": "diff",
    "/code/<module>/": "code",
    "/example/<slot>/<name>/": "example",
    "/file/<path:path>/": "file",
    "/search/": "search",
    "/index.js": "index",
    "/site.css": "style",
}
"""The routes below ``/tutorial``, each with the name of its view."""


class LazyView:
    """A view that is imported when it is called for the first time.

    Source: https://flask.palletsprojects.com/en/stable/patterns/lazyloading/
    """

    def __init__(self, name: str) -> None:
        self.__name__ = name

    @cached_property
    def view(self) -> Any:
        return import_string(f"{__package__}.views.{self.__name__}")

    def __call__(self, **values: str) -> ResponseReturnValue:
        answer: ResponseReturnValue = self.view(**values)
        return answer


def build(app: Flask, settings: Settings) -> None:
    """Add the tutorial to an app. ``TUTORIAL`` says where it is seen; by default, under the development server."""
    if not settings.values["TUTORIAL"]:
        return
    everywhere = settings.where("TUTORIAL") != "the default"
    blueprint = create_blueprint()
    if not everywhere:
        blueprint.before_request(hide_in_production)

    @blueprint.app_context_processor
    def add_link() -> dict[str, object]:
        """Tell the template ``base.html`` of the site whether its footer has the link."""
        return {"has_tutorial": everywhere or is_development()}

    app.register_blueprint(blueprint)


def hide_in_production() -> None:
    """Answer 404 unless the app runs under the development server."""
    if not is_development():
        abort(404)


def create_blueprint() -> Blueprint:
    """Create the blueprint, for the app of the blog or for one that has only the tutorial."""
    blueprint = Blueprint(
        "tutorial", __name__, url_prefix="/tutorial", template_folder="templates", static_folder="static"
    )
    for rule, view in ROUTES.items():
        blueprint.add_url_rule(rule, view, LazyView(view))
    return blueprint

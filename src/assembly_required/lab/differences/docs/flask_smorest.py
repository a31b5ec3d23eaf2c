"""flask-smorest as its quick start shows it, with webargs' parser and its own error handlers.

``@blueprint.arguments`` parses, validates and rejects with 422. ``Api`` turns every error of the app into JSON, also
outside the API, and each error names the location (``json``).
"""

from typing import Any

from flask import Flask
from flask_smorest import Api, Blueprint

from ..validation.marshmallow import NewArticle, NewUser, Page


def app() -> Flask:
    """Create the app."""
    app = Flask(__name__)
    app.config.update(API_TITLE="Blog", API_VERSION="v1", OPENAPI_VERSION="3.1.0")
    blueprint = Blueprint("blog", __name__)

    @blueprint.route("/articles", methods=["POST"])
    @blueprint.arguments(NewArticle)
    @blueprint.response(201)
    def publish(new: dict[str, Any]) -> None:
        """Publish an article."""

    @blueprint.route("/articles")
    @blueprint.arguments(Page, location="query")
    @blueprint.response(200)
    def list_articles(page: dict[str, Any]) -> None:
        """List articles."""

    @blueprint.route("/users", methods=["POST"])
    @blueprint.arguments(NewUser)
    @blueprint.response(201)
    def register(new: dict[str, Any]) -> None:
        """Register."""

    Api(app).register_blueprint(blueprint)
    return app

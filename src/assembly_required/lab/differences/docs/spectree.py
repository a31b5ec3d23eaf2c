"""spectree as its documentation shows it, with its own validation.

``@spec.validate()`` reads with ``get_json(silent=True) or {}``, so malformed JSON and an empty list become an empty
object. Its errors are pydantic's list: they repeat the input, including passwords. It evaluates all annotations of a
view; Flask's ``ResponseReturnValue`` as a return type makes every valid request a 500.
"""

from flask import Flask
from spectree import SpecTree

from ..validation.pydantic import NewArticle, NewUser, Page


def app() -> Flask:
    """Create the app."""
    app = Flask(__name__)
    spec = SpecTree("flask", title="Blog")

    @app.post("/articles")
    @spec.validate()
    def publish(json: NewArticle) -> tuple[str, int]:
        """Publish an article."""
        return "", 201

    @app.get("/articles")
    @spec.validate()
    def list_articles(query: Page) -> tuple[str, int]:
        """List articles."""
        return "", 200

    @app.post("/users")
    @spec.validate()
    def register(json: NewUser) -> tuple[str, int]:
        """Register."""
        return "", 201

    spec.register(app)
    return app

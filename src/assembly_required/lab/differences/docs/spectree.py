"""spectree as its documentation writes it, with its own validation.

*In Django* REST framework's views read, and answer 400.

*Here* ``@spec.validate(json=...)`` reads with ``get_json(silent=True) or {}``: what is not JSON is an empty object to
it, and so is an empty list. Its refusals are pydantic's list as it is.

*What it costs*: each answer repeats what was sent, passwords too, and links to pydantic's documentation. It evaluates
all annotations of a view: Flask's own ``ResponseReturnValue`` as what one returns makes each good request a 500.

*Next*: :mod:`assembly_required.lab.differences.tokens`.
"""

from flask import Flask
from spectree import SpecTree

from ..validation.pydantic import NewArticle, NewUser, Page


def app() -> Flask:
    """The whole of it."""
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

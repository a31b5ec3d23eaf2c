"""The baseline for the stack ``classic``: Flask-SQLAlchemy, marshmallow, flask-smorest and itsdangerous, without slots.

It uses the entities, loading options and schemas of the stack's adapters, so only the wiring differs.
"""

from pathlib import Path
from typing import Any, NoReturn

import flask_smorest
from flask import Flask, Request, Response, current_app, jsonify, request
from flask.views import MethodView
from itsdangerous import BadSignature
from marshmallow import Schema, ValidationError
from sqlalchemy import URL, event, exists, select
from webargs.flaskparser import FlaskParser

from ....adapters.orm.flask_sqlalchemy import models
from ....adapters.orm.flask_sqlalchemy.models import db
from ....adapters.orm.flask_sqlalchemy.store import (
    find_article,
    find_followed,
    load_page,
    select_ids,
    to_comment,
    to_user,
)
from ....adapters.shared.sqlite import prepare
from ....adapters.validation.marshmallow import flat
from ....adapters.validation.marshmallow.schemas import SCHEMAS
from ....conduit.errors import REFUSALS, Invalid, NotFound, Refusal, Unauthorized
from ....conduit.examples import EXAMPLES
from ....conduit.model import Article, Comment, User, now
from ....web.api.body import WireJSON, read_json
from . import sent_token, signer
from .sessions import NoSessions

ONE_MONTH = 30 * 24 * 60 * 60

schemas = {name: schema() for name, schema in SCHEMAS.items()}


class Parser(FlaskParser):
    """A webargs parser that reads and refuses as the API does."""

    def load_json(self, req: Request, schema: Schema) -> Any:
        return read_json(req)

    def handle_error(self, error: ValidationError, *args: Any, **options: Any) -> NoReturn:
        errors: dict[str, list[str]] = {}
        for key, message in flat(error.messages):
            errors.setdefault(key, []).append(message)
        raise Invalid(errors) from None


class Blueprint(flask_smorest.Blueprint):
    ARGUMENTS_PARSER = Parser()


class Api(flask_smorest.Api):
    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Return ``None``: the app has its own error handlers."""


blueprint = Blueprint("api", __name__, url_prefix="/api")


def viewer() -> User | None:
    """Return the caller, or ``None`` without a token."""
    if not request.headers.get("Authorization"):
        return None
    sent = request.authorization
    if sent is None or sent.type not in ("token", "bearer") or not sent.token:
        raise Unauthorized.invalid()
    try:
        user_id, generation = current_app.extensions["signer"].loads(sent.token, max_age=ONE_MONTH)
    except BadSignature:
        raise Unauthorized.invalid() from None
    user = db.session.get(models.User, user_id)
    if user is None or user.token_generation != generation:
        raise Unauthorized.invalid()
    return to_user(user)


def required() -> User:
    """Return the caller, or refuse the request."""
    user = viewer()
    if user is None:
        raise Unauthorized.missing()
    return user


def the_article(slug: str, user: User | None) -> Article:
    article = find_article(models.Article.slug == slug, user)
    if article is None:
        raise NotFound("article")
    return article


@blueprint.route("/articles")
@blueprint.arguments(schemas["ArticleFilter"], location="query", as_kwargs=True)
@blueprint.response(200, schemas["Articles"], example=EXAMPLES["Articles"])
@blueprint.alt_response(401, response="Unauthorized")
@blueprint.alt_response(422, response="Invalid")
@blueprint.doc(operationId="list_articles", security=[{}, {"token": []}])
def list_articles(limit: int, offset: int, **filters: str) -> dict[str, Any]:
    """List articles, newest first."""
    return page_of(viewer(), limit, offset, **filters)


def page_of(
    user: User | None,
    limit: int,
    offset: int,
    tag: str | None = None,
    author: str | None = None,
    favorited: str | None = None,
) -> dict[str, Any]:
    articles, count = load_page(*select_ids(tag, author, favorited), user, limit, offset)
    return {"articles": articles, "articles_count": count}


@blueprint.route("/articles/<slug>")
@blueprint.response(200, schemas["Article"], example=EXAMPLES["Article"])
@blueprint.alt_response(401, response="Unauthorized")
@blueprint.alt_response(404, response="NotFound")
@blueprint.doc(operationId="get_article", security=[{}, {"token": []}])
def get_article(slug: str) -> dict[str, Any]:
    """Read an article."""
    return {"article": the_article(slug, viewer())}


@blueprint.route("/user")
@blueprint.response(200, schemas["User"], example=EXAMPLES["User"])
@blueprint.alt_response(401, response="Unauthorized")
@blueprint.doc(operationId="current_user", security=[{"token": []}])
def current_user() -> dict[str, Any]:
    """Read your own account."""
    user = required()
    return {
        "user": {
            "username": user.username, "email": user.email, "bio": user.bio, "image": user.image,
            "token": sent_token(),
        }
    }  # fmt: skip


@blueprint.route("/tags")
@blueprint.response(200, schemas["Tags"], example=EXAMPLES["Tags"])
@blueprint.doc(operationId="list_tags")
def list_tags() -> dict[str, Any]:
    """List all tags in use."""
    return {"tags": tags_in_use()}


def tags_in_use() -> list[str]:
    return sorted(
        db.session.scalars(select(models.Tag.name).where(exists().where(models.Tagging.tag_id == models.Tag.id)))
    )


def guarded(view: Any) -> Any:
    """Check the caller and the article before the payload is read. flask-smorest's decorators would read it first."""

    def guard(self: MethodView, slug: str) -> Any:
        user = required()
        return view(self, user=user, article=the_article(slug, user))

    guard.__doc__ = view.__doc__
    guard._apidoc = view._apidoc  # type: ignore[attr-defined]
    return guard


@blueprint.route("/articles/<slug>/comments")
class Comments(MethodView):
    @guarded
    @blueprint.arguments(schemas["NewComment"], example=EXAMPLES["NewComment"])
    @blueprint.response(201, schemas["Comment"], example=EXAMPLES["Comment"])
    @blueprint.alt_response(400, response="NotJSON")
    @blueprint.alt_response(401, response="Unauthorized")
    @blueprint.alt_response(404, response="NotFound")
    @blueprint.alt_response(413, response="TooLarge")
    @blueprint.alt_response(415, response="WrongContentType")
    @blueprint.alt_response(422, response="Invalid")
    @blueprint.doc(operationId="add_comment", security=[{"token": []}])
    def post(self, new: dict[str, Any], user: User, article: Article) -> dict[str, Any]:
        """Comment on an article."""
        return {"comment": commented(new["body"], article, user)}


def commented(body: str, article: Article, user: User) -> Comment:
    at = now()
    comment = models.Comment(body=body, created_at=at, updated_at=at, article_id=article.id, author_id=user.id)
    db.session.add(comment)
    db.session.flush()
    added = to_comment(comment, following=user.id in find_followed([user.id], user))
    db.session.commit()
    return added


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key,
        OPENAPI_URL_PREFIX="/docs",
    )
    app.session_interface, app.json = NoSessions(), WireJSON(app)
    app.extensions["signer"] = signer(secret_key)
    connect(app, database)
    describe(app)
    answer_errors(app)
    app.after_request(allow_other_origins)
    return app


def connect(app: Flask, database: Path) -> None:
    """Connect the app to the database."""
    app.config["SQLALCHEMY_DATABASE_URI"] = URL.create("sqlite", database=str(database))
    db.init_app(app)
    with app.app_context():
        event.listen(db.engine, "connect", lambda connection, record: prepare(connection))


def describe(app: Flask) -> None:
    """Add the API with its documentation."""
    api = Api(spec_kwargs={"title": "Conduit", "version": "1", "openapi_version": "3.1.0"})
    api.ERROR_SCHEMA = schemas["Errors"]
    api.init_app(app)
    api.spec.components.security_scheme("token", {"type": "apiKey", "in": "header", "name": "Authorization"})
    for refusal in REFUSALS:
        content = {"application/json": {"schema": schemas["Errors"], "example": {"errors": refusal.example}}}
        api.spec.components.response(refusal.__name__, {"description": refusal.__name__, "content": content})
    api.register_blueprint(blueprint)


def answer_errors(app: Flask) -> None:
    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> tuple[Response, int]:
        return jsonify(errors=error.errors), error.status


def allow_other_origins(response: Response) -> Response:
    if request.headers.get("Origin"):
        response.access_control_allow_origin = "*"
    return response

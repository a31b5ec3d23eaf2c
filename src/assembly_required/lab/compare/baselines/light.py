"""The baseline for the stack ``light``: peewee, msgspec, apispec and itsdangerous, without slots.

It uses the models, queries and structs of the stack's adapters, so only the wiring differs.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
from apispec import APISpec
from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature
from playhouse.pool import PooledSqliteDatabase

from ....adapters.orm.peewee import models
from ....adapters.orm.peewee.models import EXTENSION
from ....adapters.orm.peewee.store import (
    load_articles,
    load_page,
    select_articles,
    select_comments,
    select_matching,
    select_tags,
    to_comment,
    to_user,
)
from ....adapters.shared.sqlite import PRAGMAS
from ....adapters.validation.msgspec import MsgspecJSON, fields, numbered, opened
from ....adapters.validation.msgspec.schemas import SCHEMAS, ArticleFilter, NewComment, Timestamp
from ....conduit.errors import NotFound, Refusal, Unauthorized
from ....conduit.model import Article, SignedIn, User, now
from ....web.api.body import read_json
from . import sent_token, signer
from .sessions import NoSessions

ONE_MONTH = 30 * 24 * 60 * 60

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
    user = models.User.get_or_none(models.User.id == user_id)
    if user is None or user.token_generation != generation:
        raise Unauthorized.invalid()
    return to_user(user)


def require_user() -> User:
    """Return the caller, or refuse the request."""
    user = viewer()
    if user is None:
        raise Unauthorized.missing()
    return user


def find_article(slug: str, user: User | None) -> Article:
    found = load_articles(select_articles(user).select_extend(models.Article.body).where(models.Article.slug == slug))
    if not found:
        raise NotFound("article")
    return found[0]


def respond(name: str, **values: Any) -> Response:
    answer = msgspec.convert(SimpleNamespace(**values), SCHEMAS[name], from_attributes=True, dec_hook=Timestamp.load)
    return jsonify(msgspec.to_builtins(answer, enc_hook=str))


@blueprint.get("/articles")
def list_articles() -> ResponseReturnValue:
    user = viewer()
    query = fields(ArticleFilter, numbered(request.args.to_dict()))
    limit, offset = query.pop("limit"), query.pop("offset")
    articles, count = load_page(*select_matching(**query), user, limit, offset)
    return respond("Articles", articles=articles, articles_count=count)


@blueprint.get("/articles/<slug>")
def get_article(slug: str) -> ResponseReturnValue:
    return respond("Article", article=find_article(slug, viewer()))


@blueprint.get("/user")
def current_user() -> ResponseReturnValue:
    user = require_user()
    signed_in = SignedIn(user.id, user.username, user.email, user.bio, user.image, user.token_generation, sent_token())
    return respond("User", user=signed_in)


@blueprint.get("/tags")
def list_tags() -> ResponseReturnValue:
    return respond("Tags", tags=sorted(tag.name for tag in select_tags()))


@blueprint.post("/articles/<slug>/comments")
def add_comment(slug: str) -> ResponseReturnValue:
    user = require_user()
    article = find_article(slug, user)
    new, at = fields(NewComment, opened("comment", read_json(request))), now()
    with models.database.atomic():
        row = models.Comment.create(body=new["body"], created_at=at, updated_at=at, article=article.id, author=user.id)
    comment = select_comments(article.id, user).where(models.Comment.id == row.id).get()
    return respond("Comment", comment=to_comment(comment)), 201


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.session_interface, app.json = NoSessions(), MsgspecJSON(app)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.extensions["signer"] = signer(secret_key)
    pool = app.extensions[EXTENSION] = PooledSqliteDatabase(
        str(database), max_connections=None, pragmas=PRAGMAS, lock_type="IMMEDIATE", check_same_thread=False
    )
    app.register_blueprint(blueprint)
    document = describe().to_dict()
    app.add_url_rule("/docs/openapi.json", "document", lambda: jsonify(document))

    @app.teardown_appcontext
    def close_connection(error: BaseException | None) -> None:
        if not pool.is_closed():
            pool.close()

    @app.errorhandler(Refusal)
    def render_refusal(error: Refusal) -> ResponseReturnValue:
        return jsonify(errors=error.errors), error.status

    @app.after_request
    def allow_other_origins(response: Response) -> Response:
        if request.headers.get("Origin"):
            response.access_control_allow_origin = "*"
        return response

    return app


def describe() -> APISpec:
    """Return the OpenAPI document."""
    spec = APISpec(title="Conduit", version="1", openapi_version="3.1.0")
    _, schemas = msgspec.json.schema_components(
        SCHEMAS.values(), schema_hook=Timestamp.describe, ref_template="#/components/schemas/{name}"
    )
    for name, schema in schemas.items():
        spec.components.schema(name, schema)
    for path, method, answer in (
        ("/articles", "get", "ArticlesResponse"),
        ("/articles/{slug}", "get", "ArticleResponse"),
        ("/user", "get", "UserResponse"),
        ("/tags", "get", "TagsResponse"),
        ("/articles/{slug}/comments", "post", "CommentResponse"),
    ):
        content = {"application/json": {"schema": answer}}
        success = {"201" if method == "post" else "200": {"description": "Success", "content": content}}
        spec.path(path=f"/api{path}", operations={method: {"responses": success}})
    return spec

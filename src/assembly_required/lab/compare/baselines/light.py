"""The baseline for the stack ``light``: peewee, msgspec, apispec and itsdangerous, without slots.

It uses the queries, structs and connections of the stack's adapters, so only the wiring differs.
"""

from collections.abc import Sequence
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
from apispec import APISpec
from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature
from playhouse.pool import PooledSqliteDatabase

from ....adapters.orm.peewee.models import EXTENSION, Comment
from ....adapters.orm.peewee.store import ARTICLE, COMMENT, INSTANT, PREVIEWS, SLUG, TAGS, TAGS_OF, USER, listing
from ....adapters.shared.sqlite import PRAGMAS
from ....adapters.validation.msgspec import fields, numbered, opened
from ....adapters.validation.msgspec.schemas import SCHEMAS, ArticleFilter, NewComment, Timestamp
from ....conduit.errors import NotFound, Refusal, Unauthorized
from ....conduit.model import Article, Profile, SignedIn, User, now
from ....conduit.model import Comment as Commented
from ....web.api.body import WireJSON, read_json
from . import signer
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
        user_id = int(current_app.extensions["signer"].loads(sent.token, max_age=ONE_MONTH))
    except BadSignature:
        raise Unauthorized.invalid() from None
    row = USER.rows(id=user_id).fetchone()
    if row is None:
        raise Unauthorized.invalid()
    return User(*row)


def required() -> User:
    """Return the caller, or refuse the request."""
    user = viewer()
    if user is None:
        raise Unauthorized.missing()
    return user


def the_article(slug: str, user: User | None) -> Article:
    tags = SLUG.rows(slug=slug).fetchall()
    row = ARTICLE.rows(id=tags[0][0], viewer=user.id if user else None).fetchone() if tags else None
    if row is None:
        raise NotFound("article")
    return made(row[:13], row[13], {row[0]: [name for _, name in tags if name]})


def tags_of(ids: Sequence[int]) -> dict[int, list[str]]:
    names: dict[int, list[str]] = {id: [] for id in ids}
    for article_id, name in TAGS_OF.rows(ids):
        names[article_id].append(name)
    return names


def made(row: Sequence[Any], body: str | None, tags: dict[int, list[str]]) -> Article:
    id, slug, title, description, created_at, updated_at, favorited, favorites, *author = row
    dates = INSTANT(created_at), INSTANT(updated_at)
    return Article(id, slug, title, description, body, tags[id], *dates, bool(favorited), favorites, person(*author))


def person(id: int, username: str, bio: str | None, image: str | None, following: int) -> Profile:
    return Profile(id, username, bio, image, bool(following))


def dumped(name: str, **found: Any) -> Response:
    made = msgspec.convert(SimpleNamespace(**found), SCHEMAS[name], from_attributes=True, dec_hook=Timestamp.load)
    return jsonify(msgspec.to_builtins(made, enc_hook=str))


@blueprint.get("/articles")
def list_articles() -> ResponseReturnValue:
    user = viewer()
    asked = fields(ArticleFilter, numbered(request.args.to_dict()))
    filters = {name: value for name, value in asked.items() if name not in ("limit", "offset")}
    page, count = listing(*filters)
    ids = [id for (id,) in page.rows(**asked)]
    (total,) = count.rows(**filters).fetchone()
    tags = tags_of(ids)
    rows = {row[0]: row for row in PREVIEWS.rows(ids, viewer=user.id if user else None)}
    return dumped("Articles", articles=[made(rows[id], None, tags) for id in ids], articles_count=total)


@blueprint.get("/articles/<slug>")
def get_article(slug: str) -> ResponseReturnValue:
    return dumped("Article", article=the_article(slug, viewer()))


@blueprint.get("/user")
def current_user() -> ResponseReturnValue:
    user = required()
    token = current_app.extensions["signer"].dumps(user.id)
    return dumped("User", user=SignedIn(user.id, user.username, user.email, user.bio, user.image, token))


@blueprint.get("/tags")
def list_tags() -> ResponseReturnValue:
    return dumped("Tags", tags=sorted(name for (name,) in TAGS.rows()))


@blueprint.post("/articles/<slug>/comments")
def add_comment(slug: str) -> ResponseReturnValue:
    user = required()
    article = the_article(slug, user)
    new, at = fields(NewComment, opened("comment", read_json(request))), now()
    with current_app.extensions[EXTENSION].atomic():
        comment = Comment.create(body=new["body"], created_at=at, updated_at=at, article=article.id, author=user.id)
    row = COMMENT.rows(article=article.id, id=comment.id, viewer=user.id).fetchone()
    id, body, created_at, updated_at, *author = row
    written = Commented(id, body, INSTANT(created_at), INSTANT(updated_at), person(*author))
    return dumped("Comment", comment=written), 201


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.session_interface, app.json = NoSessions(), WireJSON(app)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.extensions["signer"] = signer(secret_key)
    pool = app.extensions[EXTENSION] = PooledSqliteDatabase(
        str(database), max_connections=None, pragmas=PRAGMAS, lock_type="IMMEDIATE", check_same_thread=False
    )
    app.register_blueprint(blueprint)
    document = described().to_dict()
    app.add_url_rule("/docs/openapi.json", "document", lambda: jsonify(document))

    @app.teardown_appcontext
    def give_back(error: BaseException | None) -> None:
        if not pool.is_closed():
            pool.close()

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> ResponseReturnValue:
        return jsonify(errors=error.errors), error.status

    @app.after_request
    def allow_other_origins(response: Response) -> Response:
        if request.headers.get("Origin"):
            response.access_control_allow_origin = "*"
        return response

    return app


def described() -> APISpec:
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

"""The baseline for the stack ``bare``: Flask and sqlite3, without slots.

It uses the statements, connections, rows and JSON functions of the stack's adapters, so only the wiring differs.
"""

from pathlib import Path

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature

from ....adapters.orm.plain.connections import EXTENSION, execute
from ....adapters.orm.plain.sqlite import SQLite
from ....adapters.orm.plain.store import (
    ARTICLE,
    COMMENT,
    PREVIEWS,
    SLUG,
    TAGS,
    USER,
    insert,
    listing,
    load_tags,
    to_article,
    to_comment,
    transaction,
)
from ....adapters.validation.plain import fields, opened
from ....adapters.validation.plain.schemas import ANSWERS, ARTICLE_FILTER, NEW_COMMENT
from ....conduit.errors import NotFound, Refusal, Unauthorized
from ....conduit.model import Article, SignedIn, User, now
from ....web.api.body import WireJSON, read_json
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
    row = execute(USER, {"id": user_id}).fetchone()
    user = User(*row) if row else None
    if user is None or user.token_generation != generation:
        raise Unauthorized.invalid()
    return user


def require_user() -> User:
    """Return the caller, or refuse the request."""
    user = viewer()
    if user is None:
        raise Unauthorized.missing()
    return user


def find_article(slug: str, user: User | None) -> Article:
    tags = execute(SLUG, {"slug": slug}).fetchall()
    row = execute(ARTICLE, {"id": tags[0][0], "viewer": user.id if user else None}).fetchone() if tags else None
    if row is None:
        raise NotFound("article")
    return to_article(row, [name for _, name in tags if name], body=row[-1])


@blueprint.get("/articles")
def list_articles() -> ResponseReturnValue:
    user = viewer()
    query = {"limit": 20, "offset": 0, **fields(ARTICLE_FILTER, request.args.to_dict())}
    filters = {name: value for name, value in query.items() if name not in ("limit", "offset")}
    page, count = listing(*filters)
    ids = [id for (id,) in execute(page, query)]
    (total,) = execute(count, filters).fetchone()
    tags = load_tags(ids)
    rows = {row[0]: row for row in execute(PREVIEWS, {"ids": ids, "viewer": user.id if user else None})}
    articles = [to_article(rows[id], tags[id], body=None) for id in ids]
    return jsonify(ANSWERS["Articles"]({"articles": articles, "articles_count": total}))


@blueprint.get("/articles/<slug>")
def get_article(slug: str) -> ResponseReturnValue:
    return jsonify(ANSWERS["Article"]({"article": find_article(slug, viewer())}))


@blueprint.get("/user")
def current_user() -> ResponseReturnValue:
    user = require_user()
    signed_in = SignedIn(user.id, user.username, user.email, user.bio, user.image, user.token_generation, sent_token())
    return jsonify(ANSWERS["User"]({"user": signed_in}))


@blueprint.get("/tags")
def list_tags() -> ResponseReturnValue:
    return jsonify(tags=sorted(name for (name,) in execute(TAGS)))


@blueprint.post("/articles/<slug>/comments")
def add_comment(slug: str) -> ResponseReturnValue:
    user = require_user()
    article = find_article(slug, user)
    new, at = fields(NEW_COMMENT, opened("comment", read_json(request))), now()
    row = {"body": new["body"], "created_at": at, "updated_at": at, "article_id": article.id, "author_id": user.id}
    with transaction(gone=NotFound("article")):
        id = insert("comments", row)
    comment = to_comment(execute(COMMENT, {"article": article.id, "id": id, "viewer": user.id}).fetchone())
    return jsonify(ANSWERS["Comment"]({"comment": comment})), 201


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.session_interface, app.json = NoSessions(), WireJSON(app)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.extensions["signer"] = signer(secret_key)
    connections = app.extensions[EXTENSION] = SQLite(str(database))
    app.teardown_appcontext(connections.release)
    app.register_blueprint(blueprint)

    @app.errorhandler(Refusal)
    def render_refusal(error: Refusal) -> ResponseReturnValue:
        return jsonify(errors=error.errors), error.status

    @app.after_request
    def add_headers(response: Response) -> Response:
        if request.headers.get("Origin"):
            response.access_control_allow_origin = "*"
        if request.headers.get("Authorization"):
            response.headers["Cache-Control"] = "no-store"
        return response

    return app

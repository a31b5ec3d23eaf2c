"""The baseline for the stack ``fast``: SQLAlchemy Core, msgspec and itsdangerous, without slots.

It uses the statements and structs of the stack's adapters, so only the wiring differs. Flask-Login and Flask-WTF, which
the stack has for its site, are here because Flask calls their functions for the API too.
"""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_login import LoginManager
from flask_wtf import CSRFProtect
from itsdangerous import BadSignature
from sqlalchemy import URL, create_engine, event

from ....adapters.orm.sqlalchemy_core.connections import ENGINE, close_connection
from ....adapters.orm.sqlalchemy_core.store import CoreStore
from ....adapters.shared.sqlite import prepare
from ....adapters.validation.msgspec import MsgspecJSON, fields, numbered, opened
from ....adapters.validation.msgspec.schemas import SCHEMAS, ArticleFilter, NewComment, Timestamp
from ....conduit.errors import NotFound, Refusal, Unauthorized
from ....conduit.model import Article, SignedIn, User, now
from ....web.api.body import read_json
from . import sent_token, signer
from .sessions import NoSessions

ONE_MONTH = 30 * 24 * 60 * 60

blueprint = Blueprint("api", __name__, url_prefix="/api")
store = CoreStore()


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
    user = store.user(user_id)
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
    article = store.article(slug, user)
    if article is None:
        raise NotFound("article")
    return article


def respond(name: str, **values: Any) -> Response:
    answer = msgspec.convert(SimpleNamespace(**values), SCHEMAS[name], from_attributes=True, dec_hook=Timestamp.load)
    return jsonify(msgspec.to_builtins(answer, enc_hook=str))


@blueprint.get("/articles")
def list_articles() -> ResponseReturnValue:
    user = viewer()
    query: dict[str, Any] = {"tag": None, "author": None, "favorited": None}
    query |= fields(ArticleFilter, numbered(request.args.to_dict()))
    articles, count = store.articles(user, **query)
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
    return respond("Tags", tags=store.tags())


@blueprint.post("/articles/<slug>/comments")
def add_comment(slug: str) -> ResponseReturnValue:
    user = require_user()
    article = find_article(slug, user)
    new = fields(NewComment, opened("comment", read_json(request)))
    return respond("Comment", comment=store.add_comment(user, article, new["body"], now())), 201


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.session_interface, app.json = NoSessions(), MsgspecJSON(app)
    app.config["MAX_CONTENT_LENGTH"] = 1024 * 1024
    app.config["WTF_CSRF_CHECK_DEFAULT"] = False  # a token is not sent by itself, as a cookie is
    app.extensions["signer"] = signer(secret_key)
    LoginManager(app)
    CSRFProtect(app)
    engine = app.extensions[ENGINE] = create_engine(URL.create("sqlite", database=str(database)))
    event.listen(engine, "connect", lambda connection, record: prepare(connection))
    app.teardown_appcontext(close_connection)
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

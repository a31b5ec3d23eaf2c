"""The baseline for the stack ``typed``: Flask-SQLAlchemy, pydantic, spectree and Flask-JWT-Extended, without slots.

It uses the entities and loading options of the stack's adapters, so only the wiring differs.
"""

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, jsonify, request
from flask import Response as Answer
from flask.typing import ResponseReturnValue
from flask_jwt_extended import JWTManager, create_access_token, decode_token
from flask_jwt_extended.exceptions import JWTExtendedException
from jwt import PyJWTError
from spectree import Response, SpecTree

from ....adapters.orm.flask_sqlalchemy import models
from ....adapters.orm.flask_sqlalchemy.models import db
from ....adapters.orm.flask_sqlalchemy.store import to_user
from ....adapters.validation.pydantic import PydanticValidation
from ....adapters.validation.pydantic.schemas import SCHEMAS
from ....conduit.errors import Unauthorized
from ....conduit.limits import PAGE_DEFAULT
from ....conduit.model import SignedIn, User
from ....web.api.body import WireJSON, read_json
from . import sent_token
from .classic import allow_other_origins, answer_errors, commented, connect, page_of, tags_in_use, the_article
from .sessions import NoSessions

AUDIENCE = "assembly_required.tokens"
FIRST_PAGE = {"limit": PAGE_DEFAULT, "offset": 0}

validation = PydanticValidation()
errors = SCHEMAS["Errors"]
load_filter, load_comment = validation.loader("ArticleFilter"), validation.loader("NewComment")


def viewer() -> User | None:
    """Return the caller, or ``None`` without a token."""
    if not request.headers.get("Authorization"):
        return None
    sent = request.authorization
    if sent is None or sent.type not in ("token", "bearer") or not sent.token:
        raise Unauthorized.invalid()
    try:
        claims = decode_token(sent.token)
    except (PyJWTError, JWTExtendedException):
        raise Unauthorized.invalid() from None
    user = db.session.get(models.User, int(claims["sub"]))
    if user is None or user.token_generation != claims["gen"]:
        raise Unauthorized.invalid()
    return to_user(user)


def required() -> User:
    """Return the caller, or refuse the request."""
    user = viewer()
    if user is None:
        raise Unauthorized.missing()
    return user


def dumped(name: str, **found: Any) -> Answer:
    return jsonify(SCHEMAS[name].model_validate(found).model_dump(mode="json"))


def views(spec: SpecTree) -> Blueprint:
    """Describe the operations as spectree's documentation shows."""
    blueprint = Blueprint("api", __name__, url_prefix="/api")

    @blueprint.get("/articles")
    @spec.validate(
        query=SCHEMAS["ArticleFilter"],
        resp=Response(HTTP_200=SCHEMAS["Articles"], HTTP_401=errors, HTTP_422=errors),
        skip_validation=True,
    )
    def list_articles() -> ResponseReturnValue:
        user = viewer()
        return dumped("Articles", **page_of(user, **{**FIRST_PAGE, **load_filter(request.args.to_dict())}))

    @blueprint.get("/articles/<slug>")
    @spec.validate(resp=Response(HTTP_200=SCHEMAS["Article"], HTTP_404=errors), skip_validation=True)
    def get_article(slug: str) -> ResponseReturnValue:
        return dumped("Article", article=the_article(slug, viewer()))

    @blueprint.get("/user")
    @spec.validate(resp=Response(HTTP_200=SCHEMAS["User"], HTTP_401=errors), skip_validation=True)
    def current_user() -> ResponseReturnValue:
        user = required()
        signed_in = SignedIn(
            user.id, user.username, user.email, user.bio, user.image, user.token_generation, sent_token()
        )
        return dumped("User", user=signed_in)

    @blueprint.get("/tags")
    @spec.validate(resp=Response(HTTP_200=SCHEMAS["Tags"]), skip_validation=True)
    def list_tags() -> ResponseReturnValue:
        return dumped("Tags", tags=tags_in_use())

    @blueprint.post("/articles/<slug>/comments")
    @spec.validate(
        json=SCHEMAS["NewComment"], resp=Response(HTTP_201=SCHEMAS["Comment"], HTTP_422=errors), skip_validation=True
    )
    def add_comment(slug: str) -> ResponseReturnValue:
        user = required()
        article = the_article(slug, user)
        new = load_comment(read_json(request))
        return dumped("Comment", comment=commented(new["body"], article, user)), 201

    return blueprint


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.config.update(
        SECRET_KEY=secret_key,
        MAX_CONTENT_LENGTH=1024 * 1024,
        JWT_ACCESS_TOKEN_EXPIRES=timedelta(days=30),
        JWT_ENCODE_AUDIENCE=AUDIENCE,
        JWT_DECODE_AUDIENCE=AUDIENCE,
        JWT_COOKIE_CSRF_PROTECT=False,
    )
    app.session_interface, app.json = NoSessions(), WireJSON(app)
    JWTManager(app)
    connect(app, database)
    spec = SpecTree("flask", title="Conduit", path="docs", page_templates={}, mode="strict", annotations=False)
    app.register_blueprint(views(spec))
    spec.register(app)
    answer_errors(app)
    app.after_request(allow_other_origins)
    return app


def token(secret_key: str, user_id: int) -> str:
    """Issue a token for a user."""
    app = Flask(__name__)
    app.config.update(SECRET_KEY=secret_key, JWT_ENCODE_AUDIENCE=AUDIENCE, JWT_COOKIE_CSRF_PROTECT=False)
    JWTManager(app)
    with app.app_context():
        return str(create_access_token(str(user_id), additional_claims={"gen": 0}))

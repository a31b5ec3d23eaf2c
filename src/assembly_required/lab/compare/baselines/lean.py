"""Rows to JSON: Flask, SQL and dictionaries, without objects in between."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

from flask import Blueprint, Flask, Response, current_app, jsonify, request
from flask.json.provider import DefaultJSONProvider
from flask.typing import ResponseReturnValue
from itsdangerous import BadSignature
from werkzeug.exceptions import HTTPException

from . import queries, sent_token, signer
from .sessions import NoSessions

ONE_MONTH = 30 * 24 * 60 * 60
LONGEST_COMMENT = 10_000

blueprint = Blueprint("api", __name__, url_prefix="/api")


class Refused(Exception):
    """A request that the app refuses."""

    def __init__(self, status: int, **errors: str) -> None:
        self.status, self.errors = status, {name: [message] for name, message in errors.items()}


class JSON(DefaultJSONProvider):
    sort_keys = False
    ensure_ascii = False


def db() -> sqlite3.Connection:
    connection: sqlite3.Connection = current_app.extensions["connection"]()
    return connection


def viewer() -> dict[str, Any] | None:
    """Return the caller, or ``None`` without a token."""
    if not request.headers.get("Authorization"):
        return None
    sent = request.authorization
    if sent is None or sent.type not in ("token", "bearer") or not sent.token:
        raise Refused(401, token="is invalid")  # noqa: S106 - an error text
    try:
        id, generation = current_app.extensions["signer"].loads(sent.token, max_age=ONE_MONTH)
    except BadSignature:
        raise Refused(401, token="is invalid") from None  # noqa: S106 - an error text
    found = queries.user(db(), id, generation)
    if found is None:
        raise Refused(401, token="is invalid")  # noqa: S106 - an error text
    return found


def viewer_id() -> int | None:
    found = viewer()
    return found["id"] if found else None


def required() -> dict[str, Any]:
    """Return the caller, or refuse the request."""
    found = viewer()
    if found is None:
        raise Refused(401, token="is missing")  # noqa: S106 - an error text
    return found


def number(name: str, default: int, least: int, most: int) -> int:
    """Read a number from the query string."""
    text = request.args.get(name)
    if text is None:
        return default
    if not text.isdecimal() or not least <= int(text) <= most:
        raise Refused(422, **{name: "is invalid"})
    return int(text)


@blueprint.get("/articles")
def list_articles() -> ResponseReturnValue:
    id, tag = viewer_id(), request.args.get("tag")
    limit, offset = number("limit", 20, 1, 100), number("offset", 0, 0, 2**63 - 1)
    return jsonify(queries.articles(db(), id, tag, limit, offset))


@blueprint.get("/articles/<slug>")
def get_article(slug: str) -> ResponseReturnValue:
    found = queries.article(db(), viewer_id(), slug)
    if found is None:
        raise Refused(404, article="not found")
    return jsonify(article=found[1])


@blueprint.get("/user")
def current_user() -> ResponseReturnValue:
    found = required()
    found.pop("id")
    return jsonify(user={**found, "token": sent_token()})


@blueprint.get("/tags")
def list_tags() -> ResponseReturnValue:
    return jsonify(tags=queries.tags(db()))


@blueprint.post("/articles/<slug>/comments")
def add_comment(slug: str) -> ResponseReturnValue:
    user = required()
    found = queries.article(db(), user["id"], slug)
    if found is None:
        raise Refused(404, article="not found")
    sent = request.get_json()
    comment = sent.get("comment") if isinstance(sent, dict) else None
    if not isinstance(comment, dict):
        raise Refused(422, comment="can't be blank")
    body = comment.get("body")
    if not isinstance(body, str) or not body.strip():
        raise Refused(422, body="can't be blank")
    if len(body) > LONGEST_COMMENT:
        raise Refused(422, body=f"is too long (maximum is {LONGEST_COMMENT} characters)")
    return jsonify(comment=queries.add_comment(db(), user["id"], found[0], body)), 201


def build(database: Path, secret_key: str) -> Flask:
    """Build the app."""
    app = Flask(__name__, static_folder=None)
    app.session_interface, app.json = NoSessions(), JSON(app)
    app.extensions["connection"] = queries.connections(database)
    app.extensions["signer"] = signer(secret_key)
    app.register_blueprint(blueprint)

    @app.errorhandler(Refused)
    def refused(error: Refused) -> ResponseReturnValue:
        return jsonify(errors=error.errors), error.status

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> ResponseReturnValue:
        return jsonify(errors={"request": [error.name.lower()]}), error.code or 500

    @app.after_request
    def allow_other_origins(response: Response) -> Response:
        if request.headers.get("Origin"):
            response.access_control_allow_origin = "*"
        return response

    return app

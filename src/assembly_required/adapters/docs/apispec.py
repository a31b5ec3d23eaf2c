"""``docs = apispec``: a generator of documents, and routes by Flask.

*In Django* REST framework's own ``SchemaGenerator``, as it was before drf-spectacular.

*Here* an ``APISpec`` is told each path and each schema. It belongs to no web framework and to no validation library, so
it takes the JSON Schema of any. Schemas and answers are named, ``"CommentResponse"``, and it makes a reference of a
name. It answers no request: routes and answers are as without an extension. The first function is the comments as its
documentation writes a resource, the second does the same for the rest.

*What it costs*: one package. Nothing ties a path in the document to a route but that both stand in one place.

*Next*: :mod:`assembly_required.adapters.docs.spectree`.
"""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from apispec import APISpec
from flask import Blueprint, Flask, jsonify, request
from flask.typing import ResponseReturnValue

from ...conduit.errors import REFUSALS
from ...conduit.examples import EXAMPLES
from ...conduit.interfaces import Tokens
from ...conduit.operation import Operation
from ...conduit.operations import DESCRIPTION, TAGS
from ...stack.interfaces import JSONSchemas, Validation
from ...web.api import PREFIX
from ...web.api.body import read_json
from ...web.api.exchange import exchange
from ...web.api.guard import Bound

BY_HAND = ("list_comments", "add_comment", "delete_comment")

SECURITY: dict[str, dict[str, Any]] = {
    "anyone": {},
    "optional": {"security": [{}, {"token": []}]},
    "user": {"security": [{"token": []}]},
}


SLUG = {"name": "slug", "in": "path", "schema": {"type": "string"}}
ID = {"name": "id", "in": "path", "schema": {"type": "integer"}}
"""Flask routes it as a text, so that an id that is no number is answered like an id that is not there."""


def _content(schema: str, example: str) -> dict[str, Any]:
    return {"application/json": {"schema": schema, "example": EXAMPLES[example]}}


COMMENTS = {
    "get": {
        "operationId": "list_comments",
        "summary": "List the comments on an article, oldest first.",
        "tags": ["Comments"],
        "security": [{}, {"token": []}],
        "parameters": [SLUG],
        "responses": {
            "200": {"description": "OK", "content": _content("CommentsResponse", "Comments")},
            "401": "Unauthorized",
            "404": "NotFound",
        },
    },
    "post": {
        "operationId": "add_comment",
        "summary": "Comment on an article.",
        "tags": ["Comments"],
        "security": [{"token": []}],
        "parameters": [SLUG],
        "requestBody": {"required": True, "content": _content("NewCommentRequest", "NewComment")},
        "responses": {
            "201": {"description": "Created", "content": _content("CommentResponse", "Comment")},
            "400": "NotJSON",
            "401": "Unauthorized",
            "404": "NotFound",
            "413": "TooLarge",
            "415": "WrongContentType",
            "422": "Invalid",
        },
    },
}

COMMENT = {
    "delete": {
        "operationId": "delete_comment",
        "summary": "Delete a comment.",
        "tags": ["Comments"],
        "security": [{"token": []}],
        "parameters": [SLUG, ID],
        "responses": {
            "204": {"description": "No Content"},
            "401": "Unauthorized",
            "403": "Forbidden",
            "404": "NotFound",
        },
    },
}


def comments(spec: APISpec, blueprint: Blueprint, bound: Mapping[str, Bound], validation: Validation) -> None:
    """The comments of an article: list, add, delete."""
    list_comments, add_comment, delete_comment = (bound[name] for name in BY_HAND)
    load_new = validation.loader("NewComment")
    dump_one, dump_all = validation.dumper("Comment"), validation.dumper("Comments")

    @blueprint.get("/articles/<slug>/comments")
    @list_comments.guard
    def get_comments(**found: Any) -> ResponseReturnValue:
        return jsonify(dump_all(list_comments.call(**found)))

    @blueprint.post("/articles/<slug>/comments")
    @add_comment.guard
    def post_comment(**found: Any) -> ResponseReturnValue:
        new = load_new(read_json(request))
        return jsonify(dump_one(add_comment.call(new, **found))), 201

    @blueprint.delete("/articles/<slug>/comments/<id>")
    @delete_comment.guard
    def drop_comment(**found: Any) -> ResponseReturnValue:
        delete_comment.call(**found)
        return "", 204

    spec.path(path=f"{PREFIX}/articles/{{slug}}/comments", operations=COMMENTS)
    spec.path(path=f"{PREFIX}/articles/{{slug}}/comments/{{id}}", operations=COMMENT)


def fold(spec: APISpec, blueprint: Blueprint, bound: Bound, validation: Validation, schemas: JSONSchemas) -> None:
    """Any other operation, by the same steps."""
    operation = bound.operation
    rule = operation.path.replace("{", "<").replace("}", ">")
    blueprint.add_url_rule(rule, operation.id, exchange(bound, validation), methods=[operation.method])
    success: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.gives:
        success["content"] = _content(f"{operation.gives}Response", operation.gives)
    facts: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": [*_path(operation), *_query(operation, schemas)],
        "responses": {
            str(operation.status): success,
            **{str(refusal.status): refusal.__name__ for refusal in operation.refusals},
        },
        **SECURITY[operation.caller],
    }
    if operation.takes:
        facts["requestBody"] = {"required": True, "content": _content(f"{operation.takes}Request", operation.takes)}
    spec.path(path=f"{PREFIX}{operation.path}", operations={operation.method.lower(): facts})


def build(app: Flask, bound: list[Bound], validation: Validation, tokens: Tokens) -> None:
    """Serve the operations below ``/api`` and the document at ``/docs/openapi.json``."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    schemas = validation.json_schemas()
    spec = _spec(schemas, {one.operation.query for one in bound}, tokens)
    for one in bound:
        if one.operation.id not in BY_HAND:
            fold(spec, blueprint, one, validation, schemas)
    comments(spec, blueprint, {one.operation.id: one for one in bound}, validation)
    app.register_blueprint(blueprint)

    @cache
    def made() -> dict[str, Any]:
        document: dict[str, Any] = spec.to_dict()
        return document

    @app.get("/docs/openapi.json")
    def openapi_document() -> ResponseReturnValue:
        return jsonify(made())


def _spec(schemas: JSONSchemas, queries: set[str | None], tokens: Tokens) -> APISpec:
    """A document with everything that paths refer to."""
    license = {"name": "MIT", "identifier": "MIT"}
    spec = APISpec(
        title="Conduit",
        version=version("assembly-required"),
        openapi_version="3.1.0",
        info={"description": DESCRIPTION, "license": license},
    )
    for name, description in TAGS.items():
        spec.tag({"name": name, "description": description})
    for name, schema in schemas.items():
        if name not in queries:
            spec.components.schema(name, dict(schema))
    for refusal in REFUSALS:
        content = {"application/json": {"schema": "Errors", "example": {"errors": refusal.example}}}
        spec.components.response(
            refusal.__name__, {"description": HTTPStatus(refusal.status).phrase, "content": content}
        )
    spec.components.security_scheme("token", dict(tokens.scheme))
    return spec


def _path(operation: Operation) -> list[dict[str, Any]]:
    named = {"{slug}": SLUG, "{id}": ID, "{username}": {**SLUG, "name": "username"}}
    return [parameter for name, parameter in named.items() if name in operation.path]


def _query(operation: Operation, schemas: JSONSchemas) -> list[dict[str, Any]]:
    properties = schemas[operation.query]["properties"] if operation.query else {}
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]

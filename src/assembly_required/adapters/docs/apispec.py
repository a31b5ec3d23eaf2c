"""``docs = apispec``: generates the document only.

*In Django* ``SchemaGenerator``, which is part of REST framework and older than drf-spectacular.

*Here* ``spec.path`` and ``spec.components`` collect the parts of the document. apispec depends on no web framework
and no validation library, and turns a name such as ``"CommentResponse"`` into a reference. It handles no requests,
so the views are as without an extension. :func:`route_comments` describes a resource as apispec's documentation does.
Plugins teach apispec about other objects: :class:`OperationPlugin` describes our operations. ``MarshmallowPlugin``, its
best known plugin, takes marshmallow schemas. It is not used here, because every ``validation`` option provides JSON
Schema; ``docs/apispec_app.py`` among the examples uses it.

*What it costs*: one package. Nothing but the author's care makes a described path agree with its route.

*Next*: :mod:`assembly_required.adapters.docs.spectree`.
"""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from apispec import APISpec, BasePlugin
from flask import Blueprint, Flask, jsonify, request
from flask.typing import ResponseReturnValue

from ...conduit.errors import REFUSALS, Refusal
from ...conduit.examples import EXAMPLES
from ...conduit.interfaces import Tokens
from ...conduit.operation import Operation
from ...conduit.operations import DESCRIPTION, TAGS
from ...stack.interfaces import JSONSchemas, Validation
from ...web.api import PREFIX, describe_servers, to_rule
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
"""The route takes any text, so that an id that is not a number gets 404 in the usual form."""


def _describe_content(schema: str, example: str) -> dict[str, Any]:
    return {"application/json": {"schema": schema, "example": EXAMPLES[example]}}


COMMENTS = {
    "get": {
        "operationId": "list_comments",
        "summary": "List the comments on an article, oldest first.",
        "tags": ["Comments"],
        "security": [{}, {"token": []}],
        "parameters": [SLUG],
        "responses": {
            "200": {"description": "OK", "content": _describe_content("CommentsResponse", "Comments")},
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
        "requestBody": {"required": True, "content": _describe_content("NewCommentRequest", "NewComment")},
        "responses": {
            "201": {"description": "Created", "content": _describe_content("CommentResponse", "Comment")},
            "400": "NotJSON",
            "401": "Unauthorized",
            "404": "NotFound",
            "413": "TooLarge",
            "415": "WrongContentType",
            "422": "Invalid",
            "429": "TooManyAttempts",
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
            "429": "TooManyAttempts",
        },
    },
}


def route_comments(spec: APISpec, blueprint: Blueprint, bound: Mapping[str, Bound], validation: Validation) -> None:
    """Add the routes for the comments on an article, and describe them: list, add, delete."""
    list_comments, add_comment, delete_comment = (bound[name] for name in BY_HAND)
    load_new = validation.loader("NewComment")
    dump_one, dump_all = validation.dumper("Comment"), validation.dumper("Comments")

    @blueprint.get("/articles/<slug>/comments")
    @list_comments.guard
    def get_comments(**arguments: Any) -> ResponseReturnValue:
        return jsonify(dump_all(list_comments.call(**arguments)))

    @blueprint.post("/articles/<slug>/comments")
    @add_comment.guard
    def post_comment(**arguments: Any) -> ResponseReturnValue:
        new = load_new(read_json(request))
        return jsonify(dump_one(add_comment.call(new, **arguments))), 201

    @blueprint.delete("/articles/<slug>/comments/<id>")
    @delete_comment.guard
    def drop_comment(**arguments: Any) -> ResponseReturnValue:
        delete_comment.call(**arguments)
        return "", 204

    spec.path(path=f"{PREFIX}/articles/{{slug}}/comments", operations=COMMENTS)
    spec.path(path=f"{PREFIX}/articles/{{slug}}/comments/{{id}}", operations=COMMENT)


class OperationPlugin(BasePlugin):
    """A plugin for apispec: ``spec.path(operation=...)`` and ``spec.components.response(name, refusal=...)``.

    :param schemas: JSON Schema by name, from the ``validation`` slot.
    """

    def __init__(self, schemas: JSONSchemas) -> None:
        self.schemas = schemas

    def path_helper(
        self,
        path: str | None = None,
        operations: dict[str, Any] | None = None,
        parameters: list[dict[str, Any]] | None = None,
        *,
        operation: Operation | None = None,
        **options: Any,
    ) -> str | None:
        """Add the description of ``operation`` to ``operations``, and return its path."""
        if operation is None or operations is None:
            return None
        operations[operation.method.lower()] = _describe_operation(operation, self.schemas)
        return f"{PREFIX}{operation.path}"

    def response_helper(
        self, response: dict[str, Any], *, refusal: type[Refusal] | None = None, **options: Any
    ) -> dict[str, Any] | None:
        """Return the description of ``refusal`` as a response."""
        if refusal is None:
            return None
        content = {"application/json": {"schema": "Errors", "example": {"errors": refusal.example}}}
        return {"description": HTTPStatus(refusal.status).phrase, "content": content}


def route_operation(spec: APISpec, blueprint: Blueprint, bound: Bound, validation: Validation) -> None:
    """Add the route for any other operation, and describe it."""
    operation = bound.operation
    blueprint.add_url_rule(
        to_rule(operation.path), operation.id, exchange(bound, validation), methods=[operation.method]
    )
    spec.path(operation=operation)


def build(app: Flask, bound: list[Bound], validation: Validation, tokens: Tokens) -> None:
    """Serve the operations below ``/api`` and the document at ``/docs/openapi.json``."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    spec = _create_spec(validation.json_schemas(), {one.operation.query for one in bound}, tokens)
    for one in bound:
        if one.operation.id not in BY_HAND:
            route_operation(spec, blueprint, one, validation)
    route_comments(spec, blueprint, {one.operation.id: one for one in bound}, validation)
    app.register_blueprint(blueprint)

    @cache
    def load_document() -> dict[str, Any]:
        document: dict[str, Any] = spec.to_dict()
        return document

    @app.get("/docs/openapi.json")
    def openapi_document() -> ResponseReturnValue:
        return jsonify(load_document() | describe_servers())


def _create_spec(schemas: JSONSchemas, queries: set[str | None], tokens: Tokens) -> APISpec:
    """Create a document with the components that paths refer to."""
    spec = APISpec(
        title="Conduit",
        version=version("assembly-required"),
        openapi_version="3.1.0",
        plugins=[OperationPlugin(schemas)],
        info={"description": DESCRIPTION, "license": {"name": "MIT", "identifier": "MIT"}},
    )
    for name, description in TAGS.items():
        spec.tag({"name": name, "description": description})
    for name, schema in schemas.items():
        if name not in queries:
            spec.components.schema(name, dict(schema))
    for refusal in REFUSALS:
        spec.components.response(refusal.__name__, refusal=refusal)
    spec.components.security_scheme("token", dict(tokens.scheme))
    return spec


def _describe_operation(operation: Operation, schemas: JSONSchemas) -> dict[str, Any]:
    success: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.gives:
        success["content"] = _describe_content(f"{operation.gives}Response", operation.gives)
    described: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.tag],
        "parameters": [*_describe_path(operation), *_describe_query(operation, schemas)],
        "responses": {
            str(operation.status): success,
            **{str(refusal.status): refusal.__name__ for refusal in operation.refusals},
        },
        **SECURITY[operation.caller],
    }
    if operation.takes:
        content = _describe_content(f"{operation.takes}Request", operation.takes)
        described["requestBody"] = {"required": True, "content": content}
    return described


def _describe_path(operation: Operation) -> list[dict[str, Any]]:
    known = {"{slug}": SLUG, "{id}": ID, "{username}": {**SLUG, "name": "username"}}
    return [parameter for name, parameter in known.items() if name in operation.path]


def _describe_query(operation: Operation, schemas: JSONSchemas) -> list[dict[str, Any]]:
    properties = schemas[operation.query]["properties"] if operation.query else {}
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]

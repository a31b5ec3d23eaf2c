"""``docs = plain``: Flask routes, and a document made from the operations.

*In Django* ``path()`` in ``urls.py``, and an OpenAPI file in YAML that somebody keeps up to date by hand.

*Here* the document is built from the operations, which also define the routes and the checks before them. So it cannot
contain a path or a status that does not exist. :func:`route_comments` shows views as one writes them in Flask without
an extension; :func:`route_operation` adds all other operations.

*What it costs*: no package. The author has to know OpenAPI, for example where parameters belong and how references are
written.

*Next*: :mod:`assembly_required.adapters.docs.flask_smorest`.
"""

from collections.abc import Mapping
from functools import cache
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Flask, jsonify, request
from flask.typing import ResponseReturnValue

from ...conduit.errors import REFUSALS
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


def route_comments(blueprint: Blueprint, bound: Mapping[str, Bound], validation: Validation) -> None:
    """Add the routes for the comments on an article: list, add, delete."""
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


def route_operation(blueprint: Blueprint, bound: Bound, validation: Validation) -> None:
    """Add the route for any other operation."""
    operation = bound.operation
    blueprint.add_url_rule(
        to_rule(operation.path), operation.id, exchange(bound, validation), methods=[operation.method]
    )


def build(app: Flask, bound: list[Bound], validation: Validation, tokens: Tokens) -> None:
    """Serve the operations below ``/api`` and the document at ``/docs/openapi.json``."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    for one in bound:
        if one.operation.id not in BY_HAND:
            route_operation(blueprint, one, validation)
    route_comments(blueprint, {one.operation.id: one for one in bound}, validation)
    app.register_blueprint(blueprint)

    @cache
    def load_document() -> dict[str, Any]:
        return build_document([one.operation for one in bound], validation.json_schemas(), tokens)

    @app.get("/docs/openapi.json")
    def openapi_document() -> ResponseReturnValue:
        return jsonify(load_document() | describe_servers())


def build_document(operations: list[Operation], schemas: JSONSchemas, tokens: Tokens) -> dict[str, Any]:
    """Build the OpenAPI document.

    Source: https://spec.openapis.org/oas/v3.1.0
    """
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        methods = paths.setdefault(f"{PREFIX}{operation.path}", {})
        methods[operation.method.lower()] = describe_operation(operation, schemas)
    queries = {operation.query for operation in operations}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Conduit",
            "version": version("assembly-required"),
            "description": DESCRIPTION,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "tags": [{"name": name, "description": description} for name, description in TAGS.items()],
        "paths": paths,
        "components": {
            "schemas": {name: schema for name, schema in schemas.items() if name not in queries},
            "responses": {refusal.__name__: _describe_refusal(refusal.status, refusal.example) for refusal in REFUSALS},
            "securitySchemes": {"token": dict(tokens.scheme)},
        },
    }


def describe_operation(operation: Operation, schemas: JSONSchemas) -> dict[str, Any]:
    """Build the Operation Object.

    Source: https://spec.openapis.org/oas/v3.1.0#operation-object
    """
    described: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.tag],
        **SECURITY[operation.caller],
    }
    if parameters := [*_describe_path(operation), *_describe_query(operation, schemas)]:
        described["parameters"] = parameters
    if operation.takes:
        content = _describe_content(f"{operation.takes}Request", operation.takes)
        described["requestBody"] = {"required": True, "content": content}
    success: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.gives:
        success["content"] = _describe_content(f"{operation.gives}Response", operation.gives)
    refusals = {str(each.status): {"$ref": f"#/components/responses/{each.__name__}"} for each in operation.refusals}
    return described | {"responses": {str(operation.status): success, **refusals}}


def _describe_path(operation: Operation) -> list[dict[str, Any]]:
    names = [part.strip("{}") for part in operation.path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if name == "id" else "string"}}
        for name in names
    ]


def _describe_query(operation: Operation, schemas: JSONSchemas) -> list[dict[str, Any]]:
    properties = schemas[operation.query]["properties"] if operation.query else {}
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]


def _describe_content(schema: str, example: str) -> dict[str, Any]:
    return _describe_json({"$ref": f"#/components/schemas/{schema}"}, EXAMPLES[example])


def _describe_refusal(status: int, example: dict[str, list[str]]) -> dict[str, Any]:
    content = _describe_json({"$ref": "#/components/schemas/Errors"}, {"errors": example})
    return {"description": HTTPStatus(status).phrase, "content": content}


def _describe_json(schema: dict[str, Any], example: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema, "example": example}}

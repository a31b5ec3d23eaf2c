"""``docs = plain``: routes by Flask, and the OpenAPI document out of the operations.

*In Django* ``path()`` in ``urls.py``, and a YAML file that somebody keeps up to date.

*Here* the document is made from the same facts that the guard reads, so it cannot name a status or a path that is
not there. The first function is the comments as one writes them in Flask without any extension; the second does the
same for the rest.

*What it costs*: no package. OpenAPI has to be known: where a parameter stands, what a reference looks like.

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


def comments(blueprint: Blueprint, bound: Mapping[str, Bound], validation: Validation) -> None:
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


def fold(blueprint: Blueprint, bound: Bound, validation: Validation) -> None:
    """Any other operation, by the same steps."""
    operation = bound.operation
    rule = operation.path.replace("{", "<").replace("}", ">")
    blueprint.add_url_rule(rule, operation.id, exchange(bound, validation), methods=[operation.method])


def build(app: Flask, bound: list[Bound], validation: Validation, tokens: Tokens) -> None:
    """Serve the operations below ``/api`` and the document at ``/docs/openapi.json``."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    for one in bound:
        if one.operation.id not in BY_HAND:
            fold(blueprint, one, validation)
    comments(blueprint, {one.operation.id: one for one in bound}, validation)
    app.register_blueprint(blueprint)

    @cache
    def made() -> dict[str, Any]:
        return document([one.operation for one in bound], validation.json_schemas(), tokens)

    @app.get("/docs/openapi.json")
    def openapi_document() -> ResponseReturnValue:
        return jsonify(made())


def document(operations: list[Operation], schemas: JSONSchemas, tokens: Tokens) -> dict[str, Any]:
    """The OpenAPI document.

    Source: https://spec.openapis.org/oas/v3.1.0
    """
    paths: dict[str, dict[str, Any]] = {}
    for operation in operations:
        methods = paths.setdefault(f"{PREFIX}{operation.path}", {})
        methods[operation.method.lower()] = describe(operation, schemas)
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
            "responses": {refusal.__name__: _refusal(refusal.status, refusal.example) for refusal in REFUSALS},
            "securitySchemes": {"token": dict(tokens.scheme)},
        },
    }


def describe(operation: Operation, schemas: JSONSchemas) -> dict[str, Any]:
    """One operation.

    Source: https://spec.openapis.org/oas/v3.1.0#operation-object
    """
    facts: dict[str, Any] = {
        "operationId": operation.id,
        "summary": operation.summary,
        "tags": [operation.tag],
        **SECURITY[operation.caller],
    }
    if parameters := [*_path(operation), *_query(operation, schemas)]:
        facts["parameters"] = parameters
    if operation.takes:
        facts["requestBody"] = {"required": True, "content": _content(f"{operation.takes}Request", operation.takes)}
    success: dict[str, Any] = {"description": HTTPStatus(operation.status).phrase}
    if operation.gives:
        success["content"] = _content(f"{operation.gives}Response", operation.gives)
    refusals = {str(each.status): {"$ref": f"#/components/responses/{each.__name__}"} for each in operation.refusals}
    return facts | {"responses": {str(operation.status): success, **refusals}}


def _path(operation: Operation) -> list[dict[str, Any]]:
    names = [part.strip("{}") for part in operation.path.split("/") if part.startswith("{")]
    return [
        {"name": name, "in": "path", "required": True, "schema": {"type": "integer" if name == "id" else "string"}}
        for name in names
    ]


def _query(operation: Operation, schemas: JSONSchemas) -> list[dict[str, Any]]:
    properties = schemas[operation.query]["properties"] if operation.query else {}
    return [{"name": name, "in": "query", "schema": schema} for name, schema in properties.items()]


def _content(schema: str, example: str) -> dict[str, Any]:
    return _json({"$ref": f"#/components/schemas/{schema}"}, EXAMPLES[example])


def _refusal(status: int, example: dict[str, list[str]]) -> dict[str, Any]:
    content = _json({"$ref": "#/components/schemas/Errors"}, {"errors": example})
    return {"description": HTTPStatus(status).phrase, "content": content}


def _json(schema: dict[str, Any], example: Any) -> dict[str, Any]:
    return {"application/json": {"schema": schema, "example": example}}

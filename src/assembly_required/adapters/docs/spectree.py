"""``docs = spectree``: one decorator that describes a view, and the routes of Flask.

*In Django* ``@extend_schema`` over a view, read by drf-spectacular.

*Here* ``spec.validate`` is told the models of a request and of its answers, and SpecTree finds the decorated views in
the app's own map of routes. It could load by them too, but reads ``get_json(silent=True) or {}``, to which malformed
JSON is an empty object; so it only describes (``skip_validation=True``), around
:mod:`assembly_required.web.api.exchange`.
The first function is the comments as its documentation writes a resource, the second does the same for the rest.

*What it costs*: pydantic or msgspec for schemas, and one kind for each ``SpecTree``. It lists a 422 in every answer,
and has no words for an example, a shared answer or the type of a path's part: :func:`complete` adds them.

*Next*: :mod:`assembly_required.adapters.docs_ui`.
"""

from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from flask import Blueprint, Flask, jsonify, request
from flask.typing import ResponseReturnValue
from spectree import Response, SecurityScheme, SpecTree, Tag
from spectree.model_adapter import get_msgspec_model_adapter, get_pydantic_model_adapter
from spectree.models import SecuritySchemeData

from ...conduit.errors import REFUSALS, Invalid
from ...conduit.examples import EXAMPLES
from ...conduit.interfaces import Tokens
from ...conduit.operation import Operation
from ...conduit.operations import DESCRIPTION, TAGS
from ...stack.interfaces import Validation
from ...web.api import PREFIX
from ...web.api.body import read_json
from ...web.api.exchange import exchange
from ...web.api.guard import Bound

BY_HAND = ("list_comments", "add_comment", "delete_comment")

REFUSED = ("HTTP_400", "HTTP_401", "HTTP_404", "HTTP_413", "HTTP_415", "HTTP_422")
"""What may become of a comment that somebody sends."""

SECURITY: dict[str, list[dict[str, list[str]]] | None] = {
    "anyone": None,
    "optional": [{}, {"token": []}],
    "user": [{"token": []}],
}


def comments(spec: SpecTree, blueprint: Blueprint, bound: Mapping[str, Bound], validation: Validation) -> None:
    """The comments of an article: list, add, delete."""
    list_comments, add_comment, delete_comment = (bound[name] for name in BY_HAND)
    load_new = validation.loader("NewComment")
    dump_one, dump_all = validation.dumper("Comment"), validation.dumper("Comments")
    schemas, errors = validation.schemas, validation.schemas["Errors"]
    tag = Tag(name="Comments", description=TAGS["Comments"])
    validate = partial(spec.validate, tags=[tag], skip_validation=True)

    @blueprint.get("/articles/<slug>/comments")
    @list_comments.guard
    @validate(
        resp=Response(HTTP_200=schemas["Comments"], HTTP_401=errors, HTTP_404=errors),
        security=[{}, {"token": []}],
        operation_id="list_comments",
    )
    def get_comments(**found: Any) -> ResponseReturnValue:
        """List the comments on an article, oldest first."""
        return jsonify(dump_all(list_comments.call(**found)))

    @blueprint.post("/articles/<slug>/comments")
    @add_comment.guard
    @validate(
        json=schemas["NewComment"],
        resp=Response(HTTP_201=schemas["Comment"], **dict.fromkeys(REFUSED, errors)),
        security=[{"token": []}],
        operation_id="add_comment",
    )
    def post_comment(**found: Any) -> ResponseReturnValue:
        """Comment on an article."""
        new = load_new(read_json(request))
        return jsonify(dump_one(add_comment.call(new, **found))), 201

    @blueprint.delete("/articles/<slug>/comments/<id>")
    @delete_comment.guard
    @validate(
        resp=Response("HTTP_204", HTTP_401=errors, HTTP_403=errors, HTTP_404=errors),
        security=[{"token": []}],
        operation_id="delete_comment",
    )
    def drop_comment(**found: Any) -> ResponseReturnValue:
        """Delete a comment."""
        delete_comment.call(**found)
        return "", 204


def fold(spec: SpecTree, blueprint: Blueprint, bound: Bound, validation: Validation) -> None:
    """Any other operation, by the same decorator."""
    operation, schemas = bound.operation, validation.schemas
    answers = {f"HTTP_{operation.status}": schemas[operation.gives] if operation.gives else None}
    refusals = {f"HTTP_{refusal.status}": schemas["Errors"] for refusal in operation.refusals}
    view = exchange(bound, validation)
    view.__doc__ = operation.summary
    described = spec.validate(
        query=schemas[operation.query] if operation.query else None,
        json=schemas[operation.takes] if operation.takes else None,
        resp=Response(**answers, **refusals),
        tags=[Tag(name=operation.tag, description=TAGS[operation.tag])],
        security=SECURITY[operation.caller],
        operation_id=operation.id,
        skip_validation=True,
    )(view)
    rule = operation.path.replace("{", "<").replace("}", ">")
    blueprint.add_url_rule(rule, operation.id, described, methods=[operation.method])


def build(app: Flask, bound: list[Bound], validation: Validation, tokens: Tokens) -> None:
    """Serve the operations below ``/api`` and the document at ``/docs/openapi.json``."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    spec = _spec(validation, tokens)
    for one in bound:
        if one.operation.id not in BY_HAND:
            fold(spec, blueprint, one, validation)
    comments(spec, blueprint, {one.operation.id: one for one in bound}, validation)
    app.register_blueprint(blueprint)
    spec.register(app)
    with app.app_context():
        complete(spec.spec, [one.operation for one in bound])


def complete(document: dict[str, Any], operations: list[Operation]) -> None:
    """Add what SpecTree has no words for, and take away what it says of its own accord."""
    document["info"]["license"] = {"name": "MIT", "identifier": "MIT"}
    document["tags"].sort(key=lambda tag: list(TAGS).index(tag["name"]))
    del document["security"]
    components = document["components"]
    for query in {operation.query for operation in operations if operation.query}:
        del components["schemas"][query]
    components["responses"] = {refusal.__name__: _refusal(refusal.status, refusal.example) for refusal in REFUSALS}
    for operation in operations:
        _complete(document["paths"][f"{PREFIX}{operation.path}"][operation.method.lower()], operation)


def _complete(described: dict[str, Any], operation: Operation) -> None:
    del described["description"]
    for parameter in described["parameters"]:
        del parameter["description"]
        # Flask routes it as a text, so that an id that is no number is answered like an id that is not there.
        if parameter["name"] == "id":
            parameter["schema"] = {"type": "integer"}
    if operation.takes:
        described["requestBody"]["content"]["application/json"]["example"] = EXAMPLES[operation.takes]
    responses = described["responses"]
    if operation.gives:
        responses[str(operation.status)]["content"]["application/json"]["example"] = EXAMPLES[operation.gives]
    if Invalid not in operation.refusals:
        del responses["422"]
    for refusal in operation.refusals:
        if str(refusal.status) in responses:
            responses[str(refusal.status)] = {"$ref": f"#/components/responses/{refusal.__name__}"}


def _refusal(status: int, example: dict[str, list[str]]) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/Errors"}, "example": {"errors": example}}
    return {"description": HTTPStatus(status).phrase, "content": {"application/json": content}}


def _spec(validation: Validation, tokens: Tokens) -> SpecTree:
    """A SpecTree that takes only what is decorated, names schemas as they are named, and brings no pages."""
    scheme = {"field_in" if key == "in" else key: value for key, value in tokens.scheme.items()}
    return SpecTree(
        "flask",
        title="Conduit",
        version=version("assembly-required"),
        description=DESCRIPTION,
        path="docs",
        page_templates={},
        mode="strict",
        annotations=False,
        security_schemes=[SecurityScheme(name="token", data=SecuritySchemeData(**scheme))],
        validation_error_model=validation.schemas["Errors"],
        naming_strategy=lambda model: model.__name__,
        nested_naming_strategy=lambda parent, child: child,
        model_adapter=_model_adapter(validation),
    )


def _model_adapter(validation: Validation) -> Any:
    """spectree's own for these classes, but with the JSON Schema that the slot has: its own passes no hook on."""
    structs = hasattr(validation.schemas["Errors"], "__struct_fields__")
    native: Any = type(get_msgspec_model_adapter() if structs else get_pydantic_model_adapter())
    schemas = validation.json_schemas()
    roots = {schema.__name__ for schema in validation.schemas.values()}
    inside = {name: dict(schema) for name, schema in schemas.items() if name not in roots}

    class ModelAdapter(native):  # type: ignore[misc]
        def json_schema(self, model: Any, **options: Any) -> dict[str, Any]:
            return {**schemas[model.__name__], "$defs": inside}

    return ModelAdapter()

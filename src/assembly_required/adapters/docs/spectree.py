"""``docs = spectree``: one decorator that describes a view.

*In Django* ``@extend_schema`` above a view, which drf-spectacular reads.

*Here* ``spec.validate`` takes the models of the request and of its responses, and SpecTree finds the decorated views in
Flask's URL map. :func:`route_comments` is a resource as its documentation writes it; :func:`route_operation` adds all
other operations. The decorator normally validates too. Here it only describes (``skip_validation=True``), because
SpecTree reads a body with ``get_json(silent=True) or {}``: malformed JSON and ``[]`` would count as an empty object.
``docs/spectree_app.py`` among the examples uses its validation.

*What it costs*: schemas must be pydantic's or msgspec's, one kind for each ``SpecTree``. It adds a 422 response to
every operation, and has no parameter for examples, shared responses or the type of a path parameter;
:func:`complete_document` corrects this.

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
from spectree.plugins.flask_plugin import FlaskPlugin

from ...conduit.errors import REFUSALS, Invalid, Refusal
from ...conduit.examples import EXAMPLES
from ...conduit.interfaces import Tokens
from ...conduit.operation import Operation
from ...conduit.operations import DESCRIPTION, TAGS
from ...stack.interfaces import Validation
from ...web.api import PREFIX, describe_servers, to_rule
from ...web.api.body import read_json
from ...web.api.exchange import exchange
from ...web.api.guard import Bound

BY_HAND = ("list_comments", "add_comment", "delete_comment")

ADD_COMMENT_ERRORS = ("HTTP_400", "HTTP_401", "HTTP_404", "HTTP_413", "HTTP_415", "HTTP_422", "HTTP_429")

SECURITY: dict[str, list[dict[str, list[str]]] | None] = {
    "anyone": None,
    "optional": [{}, {"token": []}],
    "user": [{"token": []}],
}


class SlugPlugin(FlaskPlugin):
    """spectree's plugin, which knows only the converters of Werkzeug. A slug is a text."""

    def parse_path(self, route: Any, path_parameter_descriptions: Any) -> tuple[str, list[Any]]:
        return super().parse_path(str(route).replace("<slug:", "<"), path_parameter_descriptions)  # type: ignore[arg-type]


def route_comments(spec: SpecTree, blueprint: Blueprint, bound: Mapping[str, Bound], validation: Validation) -> None:
    """Add the routes for the comments on an article: list, add, delete."""
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
    def get_comments(**arguments: Any) -> ResponseReturnValue:
        """List the comments on an article, oldest first."""
        return jsonify(dump_all(list_comments.call(**arguments)))

    @blueprint.post("/articles/<slug>/comments")
    @add_comment.guard
    @validate(
        json=schemas["NewComment"],
        resp=Response(HTTP_201=schemas["Comment"], **dict.fromkeys(ADD_COMMENT_ERRORS, errors)),
        security=[{"token": []}],
        operation_id="add_comment",
    )
    def post_comment(**arguments: Any) -> ResponseReturnValue:
        """Comment on an article."""
        new = load_new(read_json(request))
        return jsonify(dump_one(add_comment.call(new, **arguments))), 201

    @blueprint.delete("/articles/<slug>/comments/<id>")
    @delete_comment.guard
    @validate(
        resp=Response("HTTP_204", HTTP_401=errors, HTTP_403=errors, HTTP_404=errors, HTTP_429=errors),
        security=[{"token": []}],
        operation_id="delete_comment",
    )
    def drop_comment(**arguments: Any) -> ResponseReturnValue:
        """Delete a comment."""
        delete_comment.call(**arguments)
        return "", 204


def route_operation(spec: SpecTree, blueprint: Blueprint, bound: Bound, validation: Validation) -> None:
    """Add the route for any other operation, with the same decorator."""
    operation, schemas = bound.operation, validation.schemas
    success = {f"HTTP_{operation.status}": schemas[operation.gives] if operation.gives else None}
    refusals = {f"HTTP_{refusal.status}": schemas["Errors"] for refusal in operation.refusals}
    view = exchange(bound, validation)
    view.__doc__ = operation.summary
    view = spec.validate(
        query=schemas[operation.query] if operation.query else None,
        json=schemas[operation.takes] if operation.takes else None,
        resp=Response(**success, **refusals),
        tags=[Tag(name=operation.tag, description=TAGS[operation.tag])],
        security=SECURITY[operation.caller],
        operation_id=operation.id,
        skip_validation=True,
    )(view)
    blueprint.add_url_rule(to_rule(operation.path), operation.id, view, methods=[operation.method])


def build(app: Flask, bound: list[Bound], validation: Validation, tokens: Tokens) -> None:
    """Serve the operations below ``/api`` and the document at ``/docs/openapi.json``."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)
    spec = _create_spec(validation, tokens)
    for one in bound:
        if one.operation.id not in BY_HAND:
            route_operation(spec, blueprint, one, validation)
    route_comments(spec, blueprint, {one.operation.id: one for one in bound}, validation)
    app.register_blueprint(blueprint)
    spec.register(app)
    with app.app_context():
        complete_document(spec.spec, [one.operation for one in bound])
    app.view_functions["openapi_docs"] = lambda: jsonify(spec.spec | describe_servers())


def complete_document(document: dict[str, Any], operations: list[Operation]) -> None:
    """Add what SpecTree has no parameter for, and remove what it adds by itself."""
    document["info"]["license"] = {"name": "MIT", "identifier": "MIT"}
    document["tags"].sort(key=lambda tag: list(TAGS).index(tag["name"]))
    del document["security"]
    components = document["components"]
    for query in {operation.query for operation in operations if operation.query}:
        del components["schemas"][query]
    components["responses"] = {refusal.__name__: _describe_refusal(refusal) for refusal in REFUSALS}
    for operation in operations:
        _complete_operation(document["paths"][f"{PREFIX}{operation.path}"][operation.method.lower()], operation)


def _complete_operation(described: dict[str, Any], operation: Operation) -> None:
    del described["description"]
    for parameter in described["parameters"]:
        del parameter["description"]
        # The route takes any text, so that an id that is not a number gets 404 in the usual form.
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


def _describe_refusal(refusal: type[Refusal]) -> dict[str, Any]:
    content = {"schema": {"$ref": "#/components/schemas/Errors"}, "example": {"errors": refusal.example}}
    return {"description": HTTPStatus(refusal.status).phrase, "content": {"application/json": content}}


def _create_spec(validation: Validation, tokens: Tokens) -> SpecTree:
    """Create a SpecTree that includes only decorated views, names schemas after their classes, and serves no pages."""
    scheme = {"field_in" if key == "in" else key: value for key, value in tokens.scheme.items()}
    return SpecTree(
        "flask",
        backend=SlugPlugin,
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
        model_adapter=_create_model_adapter(validation),
    )


def _create_model_adapter(validation: Validation) -> Any:
    """Create SpecTree's adapter for pydantic or msgspec, with the JSON Schema of the ``validation`` slot.

    SpecTree's own adapters take no options for generating JSON Schema.
    """
    structs = hasattr(validation.schemas["Errors"], "__struct_fields__")
    native: Any = type(get_msgspec_model_adapter() if structs else get_pydantic_model_adapter())
    schemas = validation.json_schemas()
    outer = {schema.__name__ for schema in validation.schemas.values()}
    nested = {name: dict(schema) for name, schema in schemas.items() if name not in outer}

    class ModelAdapter(native):  # type: ignore[misc]
        def json_schema(self, model: Any, **options: Any) -> dict[str, Any]:
            return {**schemas[model.__name__], "$defs": nested}

    return ModelAdapter()

"""``docs = flask_smorest``: decorators that validate, serialize and document at once.

*In Django* REST framework routes viewsets, and drf-spectacular looks at their serializers to write the OpenAPI
document.

*Here* flask-smorest does both with a blueprint: ``arguments`` and ``response`` are told a marshmallow schema, use it at
run time and remember it for the document, so that what is documented is what happens. The first function below is
one whole resource as flask-smorest's own documentation writes it; the second folds the other operations into a loop.

*What it costs*: marshmallow, and nothing else, for schemas. Its error handlers and its reading of JSON are
replaced, since the contract has one shape for every error; each decorator adds 1.4 µs to a request.

*Next*: :mod:`assembly_required.adapters.docs.apispec`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, NoReturn

import flask_smorest
from flask import Flask, Request
from flask.views import MethodView
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from ...conduit.errors import REFUSALS
from ...conduit.examples import EXAMPLES
from ...conduit.interfaces import Tokens
from ...conduit.operations import DESCRIPTION, TAGS
from ...stack.interfaces import Validation
from ...web.api import PREFIX
from ...web.api.body import read_json
from ...web.api.guard import Bound

BY_HAND = ("list_comments", "add_comment", "delete_comment")

PATH_ID = {"in": "path", "name": "id", "required": True, "schema": {"type": "integer"}}
"""Flask routes it as a text, so that an id that is no number is answered like an id that is not there."""


SECURITY: dict[str, dict[str, Any]] = {
    "anyone": {},
    "optional": {"security": [{}, {"token": []}]},
    "user": {"security": [{"token": []}]},
}


def comments(blueprint: flask_smorest.Blueprint, bound: Mapping[str, Bound], schemas: Mapping[str, Schema]) -> None:
    """The comments of an article: list, add, delete."""
    list_comments, add_comment, delete_comment = (bound[name] for name in BY_HAND)

    @blueprint.route("/articles/<slug>/comments")
    class Comments(MethodView):
        @list_comments.guard
        @blueprint.response(200, schemas["Comments"], example=EXAMPLES["Comments"])
        @blueprint.alt_response(401, response="Unauthorized")
        @blueprint.alt_response(404, response="NotFound")
        @blueprint.doc(operationId="list_comments", security=[{}, {"token": []}])
        def get(self, **found: Any) -> Any:
            """List the comments on an article, oldest first."""
            return list_comments.call(**found)

        @add_comment.guard
        @blueprint.arguments(schemas["NewComment"], example=EXAMPLES["NewComment"])
        @blueprint.response(201, schemas["Comment"], example=EXAMPLES["Comment"])
        @blueprint.alt_response(400, response="NotJSON")
        @blueprint.alt_response(401, response="Unauthorized")
        @blueprint.alt_response(404, response="NotFound")
        @blueprint.alt_response(413, response="TooLarge")
        @blueprint.alt_response(415, response="WrongContentType")
        @blueprint.alt_response(422, response="Invalid")
        @blueprint.doc(operationId="add_comment", security=[{"token": []}])
        def post(self, new: dict[str, Any], **found: Any) -> Any:
            """Comment on an article."""
            return add_comment.call(new, **found)

    @blueprint.route("/articles/<slug>/comments/<id>", parameters=[PATH_ID])
    class Comment(MethodView):
        @delete_comment.guard
        @blueprint.response(204)
        @blueprint.alt_response(401, response="Unauthorized")
        @blueprint.alt_response(403, response="Forbidden")
        @blueprint.alt_response(404, response="NotFound")
        @blueprint.doc(operationId="delete_comment", security=[{"token": []}])
        def delete(self, **found: Any) -> Any:
            """Delete a comment."""
            return delete_comment.call(**found)


def fold(blueprint: flask_smorest.Blueprint, bound: Bound, schemas: Mapping[str, Schema]) -> None:
    """Any other operation, by the same decorators."""
    operation, view = bound.operation, bound.call
    view = blueprint.doc(operationId=operation.id, **SECURITY[operation.caller])(view)
    for refusal in operation.refusals:
        view = blueprint.alt_response(refusal.status, response=refusal.__name__)(view)
    if operation.gives:
        view = blueprint.response(operation.status, schemas[operation.gives], example=EXAMPLES[operation.gives])(view)
    else:
        view = blueprint.response(operation.status)(view)
    if operation.query:
        view = blueprint.arguments(schemas[operation.query], location="query", as_kwargs=True)(view)
    if operation.takes:
        view = blueprint.arguments(schemas[operation.takes], example=EXAMPLES[operation.takes])(view)
    blueprint.add_url_rule(
        operation.path.replace("{", "<").replace("}", ">"),
        endpoint=operation.id,
        view_func=bound.guard(view),
        methods=[operation.method],
        parameters=[PATH_ID] if "{id}" in operation.path else None,
    )


class Api(flask_smorest.Api):
    """flask-smorest's object for an app, with the errors left to the app."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """None: they would make every error of the site JSON too."""

    def _register_pagination_header(self) -> None:
        """None: the contract puts the count into the body, and an unused schema into the document would puzzle."""


def build(app: Flask, bound: list[Bound], validation: Validation, tokens: Tokens) -> None:
    """Serve the operations below ``/api`` and the document at ``/docs/openapi.json``."""
    schemas = {name: schema() for name, schema in validation.schemas.items()}
    app.config["OPENAPI_URL_PREFIX"] = "/docs"
    api = Api()
    api.ERROR_SCHEMA = schemas["Errors"]
    api.init_app(
        app,
        spec_kwargs={
            "title": "Conduit",
            "version": version("assembly-required"),
            "openapi_version": "3.1.0",
            "info": {"description": DESCRIPTION, "license": {"name": "MIT", "identifier": "MIT"}},
        },
    )
    api.spec.components.security_scheme("token", dict(tokens.scheme))
    for refusal in REFUSALS:
        content = {"application/json": {"schema": schemas["Errors"], "example": {"errors": refusal.example}}}
        description = HTTPStatus(refusal.status).phrase
        api.spec.components.response(refusal.__name__, {"description": description, "content": content})
    blueprints = {one.operation.tag: _blueprint(one.operation.tag, validation) for one in bound}
    for one in bound:
        if one.operation.id not in BY_HAND:
            fold(blueprints[one.operation.tag], one, schemas)
    comments(blueprints["Comments"], {one.operation.id: one for one in bound}, schemas)
    for blueprint in blueprints.values():
        api.register_blueprint(blueprint)


def _blueprint(tag: str, validation: Validation) -> flask_smorest.Blueprint:
    class Parser(FlaskParser):
        """webargs, reading and refusing as the contract says."""

        def load_json(self, req: Request, schema: Schema) -> Any:
            return read_json(req)

        def handle_error(self, error: ValidationError, *args: Any, **options: Any) -> NoReturn:
            raise validation.refusal(error) from None

    class Blueprint(flask_smorest.Blueprint):
        ARGUMENTS_PARSER = Parser()

    return Blueprint(tag, __name__, url_prefix=PREFIX, description=TAGS[tag])

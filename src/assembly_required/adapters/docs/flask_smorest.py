"""``docs = flask_smorest``: its decorators validate, serialize and describe.

*In Django* REST framework routes viewsets, and drf-spectacular reads their serializers to write the document.

*Here* the decorators of a blueprint do both. ``arguments`` and ``response`` take a marshmallow schema, use it for each
request, and add it to the document, so the document and the behaviour agree. ``alt_response`` adds the errors, ``doc``
the security. :func:`route_comments` is a resource as flask-smorest's documentation writes it, with ``MethodView``;
:func:`route_operation` adds all other operations with the same decorators.

*What it costs*: schemas must be marshmallow's. flask-smorest would handle the errors of the whole app, also on HTML
pages, and reads JSON in its own way; both are replaced, because all stacks answer errors in the same form. ``paginate``
is not used, because it puts the number of items into a header. Each decorator adds 1.4 µs to a request.

*Next*: :mod:`assembly_required.adapters.docs.apispec`.
"""

from collections.abc import Mapping
from http import HTTPStatus
from importlib.metadata import version
from typing import Any, NoReturn

import flask_smorest
from flask import Flask, Request, Response, jsonify
from flask.views import MethodView
from marshmallow import Schema, ValidationError
from webargs.flaskparser import FlaskParser

from ...conduit.errors import REFUSALS
from ...conduit.examples import EXAMPLES
from ...conduit.interfaces import Tokens
from ...conduit.operations import DESCRIPTION, TAGS
from ...stack.interfaces import Validation
from ...web.api import PREFIX, describe_servers, to_rule
from ...web.api.body import read_json
from ...web.api.guard import Bound

BY_HAND = ("list_comments", "add_comment", "delete_comment")

PATH_ID = {"in": "path", "name": "id", "required": True, "schema": {"type": "integer"}}
"""The route takes any text, so that an id that is not a number gets 404 in the usual form."""


SECURITY: dict[str, dict[str, Any]] = {
    "anyone": {},
    "optional": {"security": [{}, {"token": []}]},
    "user": {"security": [{"token": []}]},
}


def route_comments(
    blueprint: flask_smorest.Blueprint, bound: Mapping[str, Bound], schemas: Mapping[str, Schema]
) -> None:
    """Add the routes for the comments on an article: list, add, delete."""
    list_comments, add_comment, delete_comment = (bound[name] for name in BY_HAND)

    @blueprint.route("/articles/<slug>/comments")
    class Comments(MethodView):
        @list_comments.guard
        @blueprint.response(200, schemas["Comments"], example=EXAMPLES["Comments"])
        @blueprint.alt_response(401, response="Unauthorized")
        @blueprint.alt_response(404, response="NotFound")
        @blueprint.doc(operationId="list_comments", security=[{}, {"token": []}])
        def get(self, **arguments: Any) -> Any:
            """List the comments on an article, oldest first."""
            return list_comments.call(**arguments)

        @add_comment.guard
        @blueprint.arguments(schemas["NewComment"], example=EXAMPLES["NewComment"])
        @blueprint.response(201, schemas["Comment"], example=EXAMPLES["Comment"])
        @blueprint.alt_response(400, response="NotJSON")
        @blueprint.alt_response(401, response="Unauthorized")
        @blueprint.alt_response(404, response="NotFound")
        @blueprint.alt_response(413, response="TooLarge")
        @blueprint.alt_response(415, response="WrongContentType")
        @blueprint.alt_response(422, response="Invalid")
        @blueprint.alt_response(429, response="TooManyAttempts")
        @blueprint.doc(operationId="add_comment", security=[{"token": []}])
        def post(self, new: dict[str, Any], **arguments: Any) -> Any:
            """Comment on an article."""
            return add_comment.call(new, **arguments)

    @blueprint.route("/articles/<slug>/comments/<id>", parameters=[PATH_ID])
    class Comment(MethodView):
        @delete_comment.guard
        @blueprint.response(204)
        @blueprint.alt_response(401, response="Unauthorized")
        @blueprint.alt_response(403, response="Forbidden")
        @blueprint.alt_response(404, response="NotFound")
        @blueprint.alt_response(429, response="TooManyAttempts")
        @blueprint.doc(operationId="delete_comment", security=[{"token": []}])
        def delete(self, **arguments: Any) -> Any:
            """Delete a comment."""
            return delete_comment.call(**arguments)


def route_operation(blueprint: flask_smorest.Blueprint, bound: Bound, schemas: Mapping[str, Schema]) -> None:
    """Add the route for any other operation, with the same decorators."""
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
        to_rule(operation.path),
        endpoint=operation.id,
        view_func=bound.guard(view),
        methods=[operation.method],
        parameters=[PATH_ID] if "{id}" in operation.path else None,
    )


class Api(flask_smorest.Api):
    """flask-smorest's ``Api``, which leaves errors to the app."""

    DEFAULT_ERROR_RESPONSE_NAME = None

    def _register_error_handlers(self) -> None:
        """Add no error handlers: flask-smorest's would also turn the error pages of the site into JSON."""

    def _register_pagination_header(self) -> None:
        """Add no pagination header: the number of items is in the body."""

    def _openapi_json(self) -> Response:
        """Serve the document, with the path prefix of the app."""
        return jsonify(self.spec.to_dict() | describe_servers())


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
    blueprints = {one.operation.tag: _create_blueprint(one.operation.tag, validation) for one in bound}
    for one in bound:
        if one.operation.id not in BY_HAND:
            route_operation(blueprints[one.operation.tag], one, schemas)
    route_comments(blueprints["Comments"], {one.operation.id: one for one in bound}, schemas)
    for blueprint in blueprints.values():
        api.register_blueprint(blueprint)


def _create_blueprint(tag: str, validation: Validation) -> flask_smorest.Blueprint:
    class Parser(FlaskParser):
        """The parser of webargs, with the JSON reader and the errors of this API."""

        def load_json(self, req: Request, schema: Schema) -> Any:
            return read_json(req)

        def handle_error(self, error: ValidationError, *args: Any, **options: Any) -> NoReturn:
            raise validation.refusal(error) from None

    class Blueprint(flask_smorest.Blueprint):
        ARGUMENTS_PARSER = Parser()

    return Blueprint(tag, __name__, url_prefix=PREFIX, description=TAGS[tag])

"""Describe an API with apispec.

apispec only writes the OpenAPI document; the views check requests and make answers themselves. With
``MarshmallowPlugin`` a schema class in a description becomes JSON Schema with the limits of its fields, and a reference
to it. ``spec.path`` adds the operations of one path. The same schemas load and dump in the views.

Start it with ``API_TOKEN=choose-one flask --app apispec_app run``; the document is at ``/openapi.json``.
See https://apispec.readthedocs.io/en/latest/using_plugins.html
"""

import os
import secrets
from itertools import count

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, abort, request
from marshmallow import Schema, ValidationError, fields, validate
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import HTTPException, Unauthorized

TOKEN = os.environ.get("API_TOKEN") or secrets.token_hex()


# step: describe
class ArticleSchema(Schema):
    id = fields.Int(dump_only=True)
    title = fields.Str(required=True, validate=validate.Length(min=1, max=100))
    body = fields.Str(required=True)


class QuerySchema(Schema):
    limit = fields.Int(load_default=20, validate=validate.Range(min=1, max=100))


class MessageSchema(Schema):
    message = fields.Str()


class InvalidSchema(MessageSchema):
    errors = fields.Dict(keys=fields.Str())


spec = APISpec(title="Articles", version="1.0", openapi_version="3.1.0", plugins=[MarshmallowPlugin()])

# step: security scheme
spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})


def content(description, schema):
    return {"description": description, "content": {"application/json": {"schema": schema}}}


spec.components.response("NotFound", content("Article not found", MessageSchema))
spec.components.response("Unauthorized", content("Missing or wrong token", MessageSchema))
spec.components.response("Invalid", content("Invalid data", InvalidSchema))

app = Flask(__name__)
articles: dict[int, dict] = {}
ids = count(1)


@app.errorhandler(ValidationError)
def handle_validation_error(error):
    return {"message": "Invalid data.", "errors": error.messages}, 422


@app.errorhandler(HTTPException)
def handle_http_exception(error):
    response = error.get_response()
    response.data = app.json.dumps({"message": error.description})
    response.content_type = "application/json"
    return response


# step: list
@app.get("/articles")
def list_articles():
    query = QuerySchema().load(request.args)
    return ArticleSchema(many=True).dump(list(articles.values())[: -query["limit"] - 1 : -1])


# step: publish
@app.post("/articles")
def create_article():
    sent = request.authorization
    if not sent or sent.type != "bearer" or not secrets.compare_digest((sent.token or "").encode(), TOKEN.encode()):
        raise Unauthorized("A valid token is required.", www_authenticate=WWWAuthenticate("bearer"))
    article = {"id": next(ids), **ArticleSchema().load(request.get_json())}
    articles[article["id"]] = article
    return ArticleSchema().dump(article), 201


# step: show
@app.get("/articles/<int:id>")
def get_article(id):
    return ArticleSchema().dump(articles.get(id) or abort(404, "Article not found."))


# step: document
spec.path(
    path="/articles",
    operations={
        "get": {
            "summary": "List the newest articles",
            "parameters": [{"in": "query", "schema": QuerySchema}],
            "responses": {"200": content("The articles", ArticleSchema(many=True)), "422": "Invalid"},
        },
        "post": {
            "summary": "Publish an article",
            "security": [{"bearer": []}],
            "requestBody": {"required": True, "content": {"application/json": {"schema": ArticleSchema}}},
            "responses": {
                "201": content("The new article", ArticleSchema),
                "401": "Unauthorized",
                "422": "Invalid",
            },
        },
    },
)
spec.path(
    path="/articles/{id}",
    parameters=[{"in": "path", "name": "id", "schema": {"type": "integer"}}],
    operations={
        "get": {
            "summary": "Show an article",
            "responses": {"200": content("The article", ArticleSchema), "404": "NotFound"},
        },
    },
)


@app.get("/openapi.json")
def openapi_json():
    return spec.to_dict()

"""Describe an API by hand.

The OpenAPI document is a constant beside the views. The limits in it are the constants that the views check, but
nothing else connects the two: a new status or field has to be added in both places. This needs no package.

Start it with ``API_TOKEN=choose-one flask --app plain_app run``; the document is at ``/openapi.json``.
See https://spec.openapis.org/oas/v3.1.0
"""

import os
import secrets
from itertools import count

from flask import Flask, abort, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import HTTPException, Unauthorized, UnprocessableEntity

TOKEN = os.environ.get("API_TOKEN") or secrets.token_hex()
TITLE_MAX = 100
LIMIT_MAX = 100


# step: describe
def content(description, schema):
    return {"description": description, "content": {"application/json": {"schema": schema}}}


TITLE = {"type": "string", "minLength": 1, "maxLength": TITLE_MAX}
LIMIT = {"type": "integer", "minimum": 1, "maximum": LIMIT_MAX, "default": 20}
ARTICLE = {"$ref": "#/components/schemas/Article"}
NEW_ARTICLE = {"$ref": "#/components/schemas/NewArticle"}
MESSAGE = {"$ref": "#/components/schemas/Message"}
INVALID = content("Invalid data", MESSAGE)

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Articles", "version": "1.0"},
    "paths": {
        "/articles": {
            "get": {
                "summary": "List the newest articles",
                "parameters": [{"name": "limit", "in": "query", "schema": LIMIT}],
                "responses": {"200": content("The articles", {"type": "array", "items": ARTICLE}), "422": INVALID},
            },
            "post": {
                "summary": "Publish an article",
                "security": [{"bearer": []}],
                "requestBody": {"required": True, "content": {"application/json": {"schema": NEW_ARTICLE}}},
                "responses": {
                    "201": content("The new article", ARTICLE),
                    "401": content("Missing or wrong token", MESSAGE),
                    "422": INVALID,
                },
            },
        },
        "/articles/{id}": {
            "get": {
                "summary": "Show an article",
                "parameters": [{"name": "id", "in": "path", "required": True, "schema": {"type": "integer"}}],
                "responses": {
                    "200": content("The article", ARTICLE),
                    "404": content("Article not found", MESSAGE),
                },
            },
        },
    },
    "components": {
        "schemas": {
            "NewArticle": {
                "type": "object",
                "required": ["title", "body"],
                "properties": {"title": TITLE, "body": {"type": "string"}},
            },
            "Article": {
                "type": "object",
                "required": ["id", "title", "body"],
                "properties": {"id": {"type": "integer"}, "title": TITLE, "body": {"type": "string"}},
            },
            "Message": {"type": "object", "properties": {"message": {"type": "string"}}},
        },
        # step: security scheme
        "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
    },
}

app = Flask(__name__)
articles: dict[int, dict] = {}
ids = count(1)


@app.errorhandler(HTTPException)
def handle_http_exception(error):
    response = error.get_response()
    response.data = app.json.dumps({"message": error.description})
    response.content_type = "application/json"
    return response


# step: list
@app.get("/articles")
def list_articles():
    limit = request.args.get("limit", "20")
    if not (limit.isascii() and limit.isdigit() and 1 <= int(limit[:9]) <= LIMIT_MAX):
        raise UnprocessableEntity(f"limit must be a number from 1 to {LIMIT_MAX}.")
    return list(articles.values())[: -int(limit) - 1 : -1]


# step: publish
@app.post("/articles")
def create_article():
    sent = request.authorization
    if not sent or sent.type != "bearer" or not secrets.compare_digest((sent.token or "").encode(), TOKEN.encode()):
        raise Unauthorized("A valid token is required.", www_authenticate=WWWAuthenticate("bearer"))
    match request.get_json():
        case {"title": str(title), "body": str(body)} if 1 <= len(title) <= TITLE_MAX:
            article = {"id": next(ids), "title": title, "body": body}
        case _:
            raise UnprocessableEntity(f"title must have 1 to {TITLE_MAX} characters, body must be a string.")
    articles[article["id"]] = article
    return article, 201


# step: show
@app.get("/articles/<int:id>")
def get_article(id):
    return articles.get(id) or abort(404, "Article not found.")


# step: document
@app.get("/openapi.json")
def openapi_json():
    return DOCUMENT

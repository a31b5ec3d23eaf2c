"""Describe an API with flask-smorest while writing it.

``arguments`` and ``response`` take a marshmallow schema. They check the request, make the JSON of the answer, and add
both to the OpenAPI document, so the document and the behaviour agree. ``alt_response`` adds the errors, ``doc`` the
security scheme, and ``abort`` answers in the documented form. Views are ``MethodView`` classes.

Start it with ``API_TOKEN=choose-one flask --app flask_smorest_app run``; the document is at ``/openapi.json``.
See https://flask-smorest.readthedocs.io/en/latest/quickstart.html
"""

import os
import secrets
from functools import wraps
from itertools import count

from flask import Flask, request
from flask.views import MethodView
from flask_smorest import Api, Blueprint, abort
from marshmallow import Schema, fields, validate

TOKEN = os.environ.get("API_TOKEN") or secrets.token_hex()

app = Flask(__name__)
app.config["API_TITLE"] = "Articles"
app.config["API_VERSION"] = "1.0"
app.config["OPENAPI_VERSION"] = "3.1.0"
app.config["OPENAPI_URL_PREFIX"] = "/"
api = Api(app)

# step: security scheme
api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})


def token_required(view):
    @wraps(view)
    def check_token(*args, **kwargs):
        sent = request.authorization
        if not sent or sent.type != "bearer" or not secrets.compare_digest((sent.token or "").encode(), TOKEN.encode()):
            abort(401, message="A valid token is required.", headers={"WWW-Authenticate": "Bearer"})
        return view(*args, **kwargs)

    return check_token


# step: describe
class ArticleSchema(Schema):
    id = fields.Int(dump_only=True)
    title = fields.Str(required=True, validate=validate.Length(min=1, max=100))
    body = fields.Str(required=True)


class ArticleQuerySchema(Schema):
    limit = fields.Int(load_default=20, validate=validate.Range(min=1, max=100))


articles: dict[int, dict] = {}
ids = count(1)
blp = Blueprint("articles", __name__, url_prefix="/articles", description="Read and publish articles")


@blp.route("")
class Articles(MethodView):
    # step: list
    @blp.arguments(ArticleQuerySchema, location="query")
    @blp.response(200, ArticleSchema(many=True))
    def get(self, args):
        """List the newest articles"""
        return list(articles.values())[: -args["limit"] - 1 : -1]

    # step: publish
    @token_required
    @blp.arguments(ArticleSchema)
    @blp.response(201, ArticleSchema)
    @blp.alt_response(401, schema=api.ERROR_SCHEMA, description="Missing or wrong token")
    @blp.doc(security=[{"bearer": []}])
    def post(self, new_data):
        """Publish an article"""
        article = {"id": next(ids), **new_data}
        articles[article["id"]] = article
        return article


@blp.route("/<int:article_id>")
class ArticleById(MethodView):
    # step: show
    @blp.response(200, ArticleSchema)
    @blp.alt_response(404, schema=api.ERROR_SCHEMA, description="Article not found")
    def get(self, article_id):
        """Show an article"""
        if article_id not in articles:
            abort(404, message="Article not found.")
        return articles[article_id]


# step: document
api.register_blueprint(blp)

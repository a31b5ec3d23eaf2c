"""Protect an operation and say so in the document, with one decorator.

``token_required`` refuses a request without a token, but the OpenAPI document does not know that. Swagger UI shows no
lock, and clients made from the document send no token. Extend the decorator, so that every view with it is described
too: by the security scheme ``bearer`` and by the answer 401 with flask-smorest's ``api.ERROR_SCHEMA``. Other views must
stay as they are. In Django drf-spectacular reads the scheme from ``authentication_classes``.
"""

from functools import wraps

from flask import Flask, request
from flask.views import MethodView
from flask_smorest import Api, Blueprint, abort
from marshmallow import Schema, fields

app = Flask(__name__)
app.config["API_TITLE"] = "Articles"
app.config["API_VERSION"] = "1.0"
app.config["OPENAPI_VERSION"] = "3.1.0"
api = Api(app)
# start
# solution
api.spec.components.security_scheme("bearer", {"type": "http", "scheme": "bearer"})
# end

blp = Blueprint("articles", __name__, url_prefix="/articles")

TOKENS = {"for-this-exercise-only"}


def token_required(view):
    """Refuse a request without the token."""

    # start
    # @wraps(view)
    # solution
    @blp.doc(security=[{"bearer": []}])
    @blp.alt_response(401, schema=api.ERROR_SCHEMA, description="Missing or wrong token")
    @wraps(view)
    # end
    def check_token(*args, **kwargs):
        sent = request.authorization
        if not sent or sent.type != "bearer" or sent.token not in TOKENS:
            abort(401, message="A valid token is required.", headers={"WWW-Authenticate": "Bearer"})
        return view(*args, **kwargs)

    return check_token


class ArticleSchema(Schema):
    title = fields.Str(required=True)


@blp.route("")
class Articles(MethodView):
    @blp.response(200, ArticleSchema(many=True))
    def get(self):
        """List the articles"""
        return [{"title": "Ferns"}]

    @token_required
    @blp.arguments(ArticleSchema)
    @blp.response(201, ArticleSchema)
    def post(self, article):
        """Publish an article"""
        return article


@blp.route("/<int:article_id>")
class ArticleById(MethodView):
    @token_required
    @blp.response(204)
    def delete(self, article_id):
        """Delete an article"""


api.register_blueprint(blp)

PATHS = api.spec.to_dict()["paths"]
LOCKED = [PATHS["/articles"]["post"], PATHS["/articles/{article_id}"]["delete"]]


def test_the_scheme_is_described():
    schemes = api.spec.to_dict().get("components", {}).get("securitySchemes", {})
    assert schemes == {"bearer": {"type": "http", "scheme": "bearer"}}


def test_protected_operations_have_a_lock():
    assert [operation.get("security") for operation in LOCKED] == [[{"bearer": []}]] * 2


def test_protected_operations_describe_401():
    for operation in LOCKED:
        content = operation["responses"].get("401", {}).get("content", {})
        assert content == {"application/json": {"schema": {"$ref": "#/components/schemas/Error"}}}


def test_other_operations_have_neither():
    assert "security" not in PATHS["/articles"]["get"]
    assert "401" not in PATHS["/articles"]["get"]["responses"]


def test_what_was_described_before_still_is():
    post, delete = LOCKED
    assert post["summary"] == "Publish an article"
    assert {"201", "422"} <= {*post["responses"]}
    assert "204" in delete["responses"]


def test_a_token_is_required():
    client = app.test_client()
    assert client.post("/articles", json={"title": "Mosses"}).status_code == 401
    header = {"Authorization": "Bearer for-this-exercise-only"}
    assert client.post("/articles", json={"title": "Mosses"}, headers=header).json == {"title": "Mosses"}
    assert client.get("/articles").status_code == 200

"""Name the two schemas of an article in the document.

Publishing needs a title and a body; a change may leave out both. The views use one class for that, once with
``partial=True``. apispec names a schema after its class, so it calls the second one ``Article1``, and warns. Clients
that are generated from the document then have a class of that name. Call it ``PatchedArticle``, without a second class:
write a ``schema_name_resolver`` for apispec's ``MarshmallowPlugin``, and give the plugin to ``Api`` as
``spec_kwargs={"marshmallow_plugin": ...}``. In Django drf-spectacular names it ``PatchedArticle`` by default.
"""

import warnings

from apispec.ext.marshmallow import MarshmallowPlugin, resolver
from flask import Flask
from flask.views import MethodView
from flask_smorest import Api, Blueprint
from marshmallow import Schema, fields


class ArticleSchema(Schema):
    title = fields.Str(required=True)
    body = fields.Str(required=True)


blp = Blueprint("articles", __name__, url_prefix="/articles")


@blp.route("")
class Articles(MethodView):
    @blp.response(200, ArticleSchema(many=True))
    def get(self):
        """List the articles"""

    @blp.arguments(ArticleSchema)
    @blp.response(201, ArticleSchema)
    def post(self, article):
        """Publish an article"""


@blp.route("/<int:article_id>")
class ArticleById(MethodView):
    @blp.arguments(ArticleSchema(partial=True))
    @blp.response(200, ArticleSchema)
    def patch(self, changes, article_id):
        """Change an article"""


# start
# def build_api(app):
#     return Api(app)
# solution
def name_schema(schema):
    """Return the name of a schema in the document."""
    name = resolver(schema)
    return f"Patched{name}" if getattr(schema, "partial", False) else name


def build_api(app):
    return Api(app, spec_kwargs={"marshmallow_plugin": MarshmallowPlugin(schema_name_resolver=name_schema)})


# end


def describe():
    """Return the document."""
    app = Flask(__name__)
    app.config.update(API_TITLE="Articles", API_VERSION="1.0", OPENAPI_VERSION="3.1.0")
    api = build_api(app)
    api.register_blueprint(blp)
    return api.spec.to_dict()


def find_schema(content):
    return content["content"]["application/json"]["schema"]


def test_no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        describe()


def test_the_names():
    assert {"Article", "PatchedArticle"} <= {*describe()["components"]["schemas"]}
    assert "Article1" not in describe()["components"]["schemas"]


def test_what_is_required():
    schemas = describe()["components"]["schemas"]
    assert sorted(schemas["Article"]["required"]) == ["body", "title"]
    assert "required" not in schemas["PatchedArticle"]


def test_where_they_are_used():
    paths = describe()["paths"]
    post, patch = paths["/articles"]["post"], paths["/articles/{article_id}"]["patch"]
    assert find_schema(post["requestBody"]) == {"$ref": "#/components/schemas/Article"}
    assert find_schema(patch["requestBody"]) == {"$ref": "#/components/schemas/PatchedArticle"}
    assert find_schema(patch["responses"]["200"]) == {"$ref": "#/components/schemas/Article"}
    listed = find_schema(paths["/articles"]["get"]["responses"]["200"])
    assert listed == {"type": "array", "items": {"$ref": "#/components/schemas/Article"}}

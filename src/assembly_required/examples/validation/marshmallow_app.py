"""Check and convert JSON with marshmallow, in a Flask app.

A ``Schema`` is a class with a field for each key. ``load`` checks a request and returns a dict, ``dump`` makes the
JSON of an answer, and ``load(..., partial=True)`` accepts a part of the fields. The example shows ``fields.Nested``,
a rule of its own with ``@validates``, and ``dump_only`` fields. marshmallow refuses unknown fields by default.

Start it with ``flask --app marshmallow_app run``. See https://marshmallow.readthedocs.io/en/stable/quickstart.html
"""

from itertools import count

from flask import Flask, abort, request
from marshmallow import Schema, ValidationError, fields, validate, validates


# step: describe
class AuthorSchema(Schema):
    username = fields.Str(required=True, validate=validate.Regexp(r"^[a-z0-9_]+\Z"))
    bio = fields.Str(load_default="")


class ArticleSchema(Schema):
    id = fields.Int(dump_only=True)
    slug = fields.Function(lambda article: article["title"].lower().replace(" ", "-"))
    title = fields.Str(required=True, validate=validate.Length(min=1, max=100))
    body = fields.Str(required=True)
    published_on = fields.Date(allow_none=True, load_default=None)
    author = fields.Nested(AuthorSchema, required=True)
    tags = fields.List(fields.Str(validate=validate.Length(min=1, max=20)), load_default=list)

    # step: own rule
    @validates("tags")
    def validate_tags(self, value, data_key):
        if len(set(value)) < len(value):
            raise ValidationError("A tag must not be repeated.")


app = Flask(__name__)
article_schema = ArticleSchema()
articles: dict[int, dict] = {}
ids = count(1)


# step: refuse
@app.errorhandler(ValidationError)
def handle_validation_error(error):
    return error.messages, 422


# step: create
@app.post("/articles")
def create_article():
    article = article_schema.load(request.get_json())
    article["id"] = next(ids)
    articles[article["id"]] = article
    return article_schema.dump(article), 201


# step: change
@app.patch("/articles/<int:id>")
def update_article(id):
    article = articles.get(id) or abort(404)
    article.update(article_schema.load(request.get_json(), partial=True))
    return article_schema.dump(article)


# step: show
@app.get("/articles/<int:id>")
def get_article(id):
    return article_schema.dump(articles.get(id) or abort(404))

"""Change only what was sent.

``PATCH`` sends some fields. The others keep their values, and what is sent is checked as for a new article. Now each
field is required. In Django REST framework you would write ``ArticleSerializer(article, data=data, partial=True)``.
"""

import pytest
from flask import Flask, request
from marshmallow import Schema, ValidationError, fields, validate

app = Flask(__name__)
app.json.sort_keys = False

article = {}


class ArticleSchema(Schema):
    title = fields.String(required=True, validate=validate.Length(min=1))
    body = fields.String(required=True)


@app.patch("/")
def change():
    try:
        # start
        # changes = ArticleSchema().load(request.get_json())
        # solution
        changes = ArticleSchema().load(request.get_json(), partial=True)
        # end
    except ValidationError as error:
        return {"errors": error.messages}, 422
    # start
    # article["title"], article["body"] = changes.get("title"), changes.get("body")
    # solution
    article.update(changes)
    # end
    return article


@pytest.fixture
def client():
    article.update({"title": "Old", "body": "Text"})
    return app.test_client()


def test_one_field(client):
    assert client.patch("/", json={"title": "New"}).json == {"title": "New", "body": "Text"}


def test_no_field(client):
    assert client.patch("/", json={}).json == {"title": "Old", "body": "Text"}


@pytest.mark.parametrize("title", ["", None, 5])
def test_what_is_sent_is_checked(client, title):
    assert client.patch("/", json={"title": title}).status_code == 422
    assert article == {"title": "Old", "body": "Text"}

"""Answer invalid input in one place.

``add`` lets the exception of the schema through, and the client gets 500. Let the app answer 422 for every view, with
all messages as JSON: ``{"errors": {"title": ["..."]}}``. In Django REST framework the setting is
``EXCEPTION_HANDLER``.
"""

from flask import Flask, request
from marshmallow import Schema, ValidationError, fields

app = Flask(__name__)


class ArticleSchema(Schema):
    title = fields.String(required=True)
    tags = fields.List(fields.String())


@app.post("/articles")
def add():
    return ArticleSchema().load(request.get_json()), 201


# start
# solution
@app.errorhandler(ValidationError)
def refuse(error):
    return {"errors": error.messages}, 422


# end


def test_all_messages_come_at_once():
    answer = app.test_client().post("/articles", json={"tags": "flask"})
    assert answer.status_code == 422
    assert answer.json == {"errors": {"title": ["Missing data for required field."], "tags": ["Not a valid list."]}}


def test_the_place_in_a_list():
    answer = app.test_client().post("/articles", json={"title": "A title", "tags": ["flask", 5]})
    assert answer.json == {"errors": {"tags": {"1": ["Not a valid string."]}}}


def test_valid_input():
    answer = app.test_client().post("/articles", json={"title": "A title"})
    assert (answer.status_code, answer.json) == (201, {"title": "A title"})

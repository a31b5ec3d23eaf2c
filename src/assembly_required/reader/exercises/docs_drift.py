"""Notice when the document is not true any more.

apispec does not see the answers of the app. So ``delete_article`` can answer other statuses than the document says.
Write ``is_described``, which ``check_answer`` calls after each request. Flask writes ``/articles/<int:id>``, OpenAPI
``/articles/{id}``; besides ``404`` the document may say ``4XX`` or ``default``. Then repair the document. In Django
drf-openapi-tester compares answers with the document of drf-spectacular.
"""

import re

import pytest
from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask, abort, request
from marshmallow import Schema, fields

app = Flask(__name__)
app.testing = True  # an error in check_answer reaches the test

articles = {1: {"title": "Ferns"}}


class ArticleSchema(Schema):
    title = fields.Str(required=True)


@app.get("/articles/<int:id>")
def show_article(id):
    return articles.get(id) or abort(404)


@app.delete("/articles/<int:id>")
def delete_article(id):
    if id not in articles:
        abort(404)
    del articles[id]
    return "", 204


spec = APISpec(title="Articles", version="1.0", openapi_version="3.1.0", plugins=[MarshmallowPlugin()])
shown = {"description": "The article", "content": {"application/json": {"schema": ArticleSchema}}}
missing = {"description": "There is no such article"}
spec.path(
    path="/articles/{id}",
    parameters=[{"name": "id", "in": "path", "schema": {"type": "integer"}}],
    operations={
        "get": {"responses": {"200": shown, "404": missing}},
        # start
        # "delete": {"responses": {"200": shown}},
        # solution
        "delete": {"responses": {"204": {"description": "It is deleted"}, "404": missing}},
        # end
    },
)


def is_described(paths, rule, method, status):
    """Return whether the document describes an answer.

    :param paths: the paths of the document, as OpenAPI writes them.
    :param rule: the path of the request, as Flask writes it.
    :param method: ``"GET"``, for example.
    :param status: the status of the answer, a number.
    """
    # start
    # return True
    # solution
    path = re.sub(r"<(?:[^<>]*:)?(\w+)>", r"{\1}", rule)
    responses = paths.get(path, {}).get(method.lower(), {}).get("responses", {})
    return any(key in responses for key in (str(status), f"{status // 100}XX", "default"))
    # end


@app.after_request
def check_answer(response):
    """Raise an error in tests if the document does not describe the answer."""
    if request.url_rule:
        described = is_described(spec.to_dict()["paths"], request.url_rule.rule, request.method, response.status_code)
        assert described, f"not described: {request.method} {request.url_rule.rule} {response.status_code}"
    return response


PATHS = {
    "/articles": {"get": {"responses": {"200": {}, "4XX": {}}}, "post": {"responses": {"201": {}, "default": {}}}},
    "/articles/{slug}/comments/{id}": {"delete": {"responses": {"204": {}}}},
    "/{language}": {"get": {"responses": {"200": {}}}},
}


@pytest.mark.parametrize(
    ("rule", "method", "status"),
    [
        ("/articles", "GET", 200),
        ("/articles", "GET", 422),
        ("/articles", "POST", 500),
        ("/articles/<slug>/comments/<int:id>", "DELETE", 204),
        ("/<string(length=2):language>", "GET", 200),
    ],
)
def test_what_is_described(rule, method, status):
    assert is_described(PATHS, rule, method, status)


@pytest.mark.parametrize(
    ("rule", "method", "status"),
    [
        ("/articles", "GET", 500),
        ("/articles", "PUT", 200),
        ("/articles/<slug>/comments/<int:id>", "DELETE", 200),
        ("/articles/<int:slug>", "GET", 200),
    ],
)
def test_what_is_not_described(rule, method, status):
    assert not is_described(PATHS, rule, method, status)


def test_the_document_is_true():
    client = app.test_client()
    articles[1] = {"title": "Ferns"}
    answers = [client.get("/articles/1"), client.delete("/articles/1")]
    answers += [client.get("/articles/1"), client.delete("/articles/1")]
    assert [answer.status_code for answer in answers] == [200, 204, 404, 404]


def test_it_describes_nothing_else():
    operations = spec.to_dict()["paths"]["/articles/{id}"]
    assert {*operations["get"]["responses"]} == {"200", "404"}
    assert {*operations["delete"]["responses"]} == {"204", "404"}

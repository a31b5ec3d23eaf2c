"""Describe an API with SpecTree while writing it.

``spec.validate`` takes the models of the answers, and reads those of the request from the annotations ``json`` and
``query`` of the view. It checks the request, passes typed objects to the view, checks the answer, and writes the
OpenAPI document after ``spec.register(app)``. The models here are pydantic's. SpecTree reads a body that is not JSON as
``{}``, so such a request is refused for its missing fields.

Start it with ``API_TOKEN=choose-one flask --app spectree_app run``; the document is at ``/apidoc/openapi.json``.
See https://spectree.readthedocs.io/en/latest/
"""

import os
import secrets
from functools import wraps
from itertools import count
from typing import Annotated

from flask import Flask, abort, make_response, request
from pydantic import BaseModel, Field
from spectree import Response, SecurityScheme, SpecTree
from spectree.models import SecureType, SecuritySchemeData

TOKEN = os.environ.get("API_TOKEN") or secrets.token_hex()

app = Flask(__name__)

# step: security scheme
bearer = SecurityScheme(name="bearer", data=SecuritySchemeData(type=SecureType.HTTP, scheme="bearer"))
spec = SpecTree("flask", title="Articles", version="1.0", security_schemes=[bearer])


def token_required(view):
    @wraps(view)
    def check_token(*args, **kwargs):
        sent = request.authorization
        if not sent or sent.type != "bearer" or not secrets.compare_digest((sent.token or "").encode(), TOKEN.encode()):
            refuse(401, "A valid token is required.", {"WWW-Authenticate": "Bearer"})
        return view(*args, **kwargs)

    return check_token


def refuse(status, message, headers=()):
    abort(make_response({"message": message}, status, dict(headers)))


# step: describe
class NewArticle(BaseModel):
    title: Annotated[str, Field(min_length=1, max_length=100)]
    body: str


class Article(NewArticle):
    id: int


class Query(BaseModel):
    limit: Annotated[int, Field(ge=1, le=100)] = 20


class Message(BaseModel):
    message: str


articles: dict[int, Article] = {}
ids = count(1)


# step: list
@app.get("/articles")
@spec.validate(resp=Response(HTTP_200=list[Article]))
def list_articles(query: Query):
    """List the newest articles"""
    return list(articles.values())[: -query.limit - 1 : -1]


# step: publish
@app.post("/articles")
@token_required
@spec.validate(resp=Response(HTTP_201=Article, HTTP_401=Message), security={"bearer": []})
def create_article(json: NewArticle):
    """Publish an article"""
    article = Article(id=next(ids), **json.model_dump())
    articles[article.id] = article
    return article, 201


# step: show
@app.get("/articles/<int:id>")
@spec.validate(resp=Response(HTTP_200=Article, HTTP_404=Message))
def get_article(id: int):
    """Show an article"""
    if id not in articles:
        refuse(404, "Article not found.")
    return articles[id]


# step: document
spec.register(app)

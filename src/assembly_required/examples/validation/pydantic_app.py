"""Check and convert JSON with pydantic, in a Flask app.

A model is a class with type hints. ``model_validate_json`` parses and checks the body in one step, and the view gets
an object with typed attributes. The example shows a nested model, limits in ``Annotated`` types, a rule of its own
with ``@field_validator``, ``@computed_field``, and a partial change with ``exclude_unset``. By default pydantic ignores
unknown fields.

Start it with ``flask --app pydantic_app run``. See https://docs.pydantic.dev/latest/concepts/models/
"""

from datetime import date
from itertools import count
from typing import Annotated

from flask import Flask, Response, abort, request
from pydantic import BaseModel, Field, ValidationError, computed_field, field_validator

# step: describe
Title = Annotated[str, Field(min_length=1, max_length=100)]
Tag = Annotated[str, Field(min_length=1, max_length=20)]


class Author(BaseModel):
    username: Annotated[str, Field(pattern=r"^[a-z0-9_]+$")]
    bio: str = ""


class ArticleBase(BaseModel):
    published_on: date | None = None
    tags: list[Tag] = []

    # step: own rule
    @field_validator("tags")
    @classmethod
    def check_tags(cls, tags: list[str]) -> list[str]:
        if len(set(tags)) < len(tags):
            raise ValueError("A tag must not be repeated.")
        return tags


class NewArticle(ArticleBase):
    title: Title
    body: str
    author: Author


class ArticleChange(ArticleBase):
    title: Title | None = None
    body: str | None = None
    author: Author | None = None


class Article(NewArticle):
    id: int

    @computed_field
    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")


app = Flask(__name__)
articles: dict[int, Article] = {}
ids = count(1)


def render(model: BaseModel, status: int = 200) -> Response:
    return Response(model.model_dump_json(), status, mimetype="application/json")


# step: refuse
@app.errorhandler(ValidationError)
def handle_validation_error(error: ValidationError) -> Response:
    # without the input: it cannot be written as JSON if it is not UTF-8
    body = error.json(include_url=False, include_input=False)
    return Response(body, 422, mimetype="application/json")


# step: create
@app.post("/articles")
def create_article() -> Response:
    new = NewArticle.model_validate_json(request.get_data())
    article = Article(id=next(ids), **new.model_dump())
    articles[article.id] = article
    return render(article, 201)


# step: change
@app.patch("/articles/<int:id>")
def update_article(id: int) -> Response:
    article = articles.get(id) or abort(404)
    change = ArticleChange.model_validate_json(request.get_data())
    # `"title": null` passes ArticleChange; validating the merged article refuses it
    articles[id] = Article.model_validate(article.model_dump() | change.model_dump(exclude_unset=True))
    return render(articles[id])


# step: show
@app.get("/articles/<int:id>")
def get_article(id: int) -> Response:
    return render(articles.get(id) or abort(404))

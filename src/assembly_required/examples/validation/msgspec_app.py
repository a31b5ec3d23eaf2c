"""Decode and check JSON with msgspec, in a Flask app.

A ``Struct`` is a class with type hints, written in C. ``msgspec.json.decode(body, type=...)`` parses the bytes and
checks them in one step. The example shows nested structs, limits with ``Meta``, a rule of its own in
``__post_init__``, and ``UNSET`` for a field that a partial change leaves out. msgspec stops at the first error and
names its path; unknown fields are ignored unless a struct is declared with ``forbid_unknown_fields=True``.

Start it with ``flask --app msgspec_app run``. See https://jcristharif.com/msgspec/structs.html
"""

from datetime import date
from itertools import count
from typing import Annotated

import msgspec
from flask import Flask, Response, abort, request
from msgspec import UNSET, Meta, Struct, UnsetType

# step: describe
Title = Annotated[str, Meta(min_length=1, max_length=100)]
Tag = Annotated[str, Meta(min_length=1, max_length=20)]


class Author(Struct):
    username: Annotated[str, Meta(pattern=r"^[a-z0-9_]+\Z")]
    bio: str = ""


# step: own rule
def check_tags(tags: list[Tag]) -> None:
    if len(set(tags)) < len(tags):
        raise ValueError("A tag must not be repeated")


class NewArticle(Struct):
    title: Title
    body: str
    author: Author
    published_on: date | None = None
    tags: list[Tag] = []

    def __post_init__(self) -> None:
        check_tags(self.tags)


class ArticleChange(Struct):
    title: Title | UnsetType = UNSET
    body: str | UnsetType = UNSET
    author: Author | UnsetType = UNSET
    published_on: date | UnsetType | None = UNSET
    tags: list[Tag] | UnsetType = UNSET

    def __post_init__(self) -> None:
        if self.tags is not UNSET:
            check_tags(self.tags)


class Article(NewArticle, kw_only=True):
    id: int
    slug: str


app = Flask(__name__)
articles: dict[int, Article] = {}
ids = count(1)


def save(id: int, fields: dict) -> Article:
    slug = fields["title"].lower().replace(" ", "-")
    articles[id] = Article(**fields | {"id": id, "slug": slug})
    return articles[id]


def render(article: Article, status: int = 200) -> Response:
    return Response(msgspec.json.encode(article), status, mimetype="application/json")


# step: refuse
@app.errorhandler(msgspec.DecodeError)
@app.errorhandler(UnicodeDecodeError)  # bytes in a string that are not UTF-8
def handle_decode_error(error: ValueError) -> tuple[dict[str, str], int]:
    return {"error": str(error)}, 400


# step: create
@app.post("/articles")
def create_article() -> Response:
    new = msgspec.json.decode(request.get_data(), type=NewArticle)
    return render(save(next(ids), msgspec.structs.asdict(new)), 201)


# step: change
@app.patch("/articles/<int:id>")
def update_article(id: int) -> Response:
    article = articles.get(id) or abort(404)
    change = msgspec.json.decode(request.get_data(), type=ArticleChange)
    changed = {name: value for name, value in msgspec.structs.asdict(change).items() if value is not UNSET}
    return render(save(id, msgspec.structs.asdict(article) | changed))


# step: show
@app.get("/articles/<int:id>")
def get_article(id: int) -> Response:
    return render(articles.get(id) or abort(404))

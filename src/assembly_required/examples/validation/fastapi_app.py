"""Check and convert JSON with FastAPI.

A path operation names a pydantic model as a parameter. FastAPI reads the body, checks it, passes an object to the
function, and answers 422 with all errors for invalid data. The example shows a nested model, limits in ``Annotated``
types, a rule with ``@field_validator``, a partial change with ``model_fields_set`` and ``model_copy``, and the return
type as the model of the answer.

Start it with ``uvicorn fastapi_app:app``. See https://fastapi.tiangolo.com/tutorial/body-updates/
"""

from datetime import date
from itertools import count
from typing import Annotated

from fastapi import FastAPI, HTTPException, status
from pydantic import BaseModel, Field, computed_field, field_validator

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


class ArticleCreate(ArticleBase):
    title: Title
    body: str
    author: Author


class ArticleUpdate(ArticleBase):
    title: Title | None = None
    body: str | None = None
    author: Author | None = None

    # pydantic does not check defaults, so a field can be missing
    @field_validator("title", "body", "author")
    @classmethod
    def refuse_null(cls, value: object) -> object:
        if value is None:
            raise ValueError("Must not be null.")
        return value


class ArticlePublic(ArticleCreate):
    id: int

    @computed_field
    @property
    def slug(self) -> str:
        return self.title.lower().replace(" ", "-")


app = FastAPI()
articles: dict[int, ArticlePublic] = {}
ids = count(1)


def find_article(id: int) -> ArticlePublic:
    if id not in articles:
        raise HTTPException(status_code=404, detail="Article not found")
    return articles[id]


# step: create
@app.post("/articles", status_code=status.HTTP_201_CREATED)
def create_article(article: ArticleCreate) -> ArticlePublic:
    stored = ArticlePublic(id=next(ids), **article.model_dump())
    articles[stored.id] = stored
    return stored


# step: change
@app.patch("/articles/{id}")
def update_article(id: int, article: ArticleUpdate) -> ArticlePublic:
    stored = find_article(id)
    changes = {name: getattr(article, name) for name in article.model_fields_set}
    articles[id] = stored.model_copy(update=changes)
    return articles[id]


# step: show
@app.get("/articles/{id}")
def read_article(id: int) -> ArticlePublic:
    return find_article(id)

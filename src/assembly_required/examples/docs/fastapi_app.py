"""Describe an API with FastAPI while writing it.

The type hints of a path operation describe its path, query, body and answer. FastAPI checks the request against them
and writes the OpenAPI document at ``/openapi.json``. ``responses`` adds the errors, and ``HTTPBearer`` is both the
check of the header and the security scheme in the document.

Start it with ``API_TOKEN=choose-one uvicorn fastapi_app:app``. See https://fastapi.tiangolo.com/tutorial/first-steps/
"""

import os
import secrets
from itertools import count
from typing import Annotated

from fastapi import Depends, FastAPI, HTTPException, Query
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer
from pydantic import BaseModel, Field

TOKEN = os.environ.get("API_TOKEN") or secrets.token_hex()

app = FastAPI(title="Articles", version="1.0")

# step: security scheme
bearer = HTTPBearer()


def check_token(credentials: Annotated[HTTPAuthorizationCredentials, Depends(bearer)]) -> None:
    if not secrets.compare_digest(credentials.credentials.encode(), TOKEN.encode()):
        raise HTTPException(401, "A valid token is required.", headers={"WWW-Authenticate": "Bearer"})


# step: describe
class NewArticle(BaseModel):
    title: Annotated[str, Field(min_length=1, max_length=100)]
    body: str


class Article(NewArticle):
    id: int


class Message(BaseModel):
    detail: str


articles: dict[int, Article] = {}
ids = count(1)


# step: list
@app.get("/articles")
def list_articles(limit: Annotated[int, Query(ge=1, le=100)] = 20) -> list[Article]:
    """List the newest articles"""
    return list(articles.values())[: -limit - 1 : -1]


# step: publish
@app.post("/articles", status_code=201, dependencies=[Depends(check_token)], responses={401: {"model": Message}})
def create_article(new: NewArticle) -> Article:
    """Publish an article"""
    article = Article(id=next(ids), **new.model_dump())
    articles[article.id] = article
    return article


# step: show
@app.get("/articles/{id}", responses={404: {"model": Message}})
def read_article(id: int) -> Article:
    """Show an article"""
    if id not in articles:
        raise HTTPException(404, "Article not found.")
    return articles[id]

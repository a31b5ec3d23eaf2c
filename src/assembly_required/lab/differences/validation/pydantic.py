"""pydantic as its documentation shows it.

``model_validate_json(text)`` parses and validates; ``ValidationError.errors()`` is a list with a type, a location and a
sentence for each error. A pattern replaces ``EmailStr``, which needs another package. The pattern for usernames is
compiled, because the regular expressions of Rust have no lookahead; pydantic runs a compiled one in Python.
"""

import re
from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints, ValidationError

from ....conduit import limits
from ..inputs import Sent

Tag = Annotated[str, StringConstraints(max_length=limits.TAG)]


class Article(BaseModel):
    title: str = Field(max_length=limits.TITLE)
    description: str = Field(max_length=limits.DESCRIPTION)
    body: str = Field(max_length=limits.BODY)
    tag_list: list[Tag] = Field(default=[], alias="tagList", max_length=limits.TAGS)


class NewArticle(BaseModel):
    article: Article


class User(BaseModel):
    username: str = Field(max_length=limits.USERNAME, pattern=re.compile(limits.USERNAME_FORM))
    email: str = Field(max_length=limits.EMAIL, pattern=limits.EMAIL_FORM)
    password: str = Field(min_length=limits.PASSWORD_MIN, max_length=limits.PASSWORD)


class NewUser(BaseModel):
    user: User


class Page(BaseModel):
    limit: int = Field(default=limits.PAGE_DEFAULT, ge=1, le=limits.PAGE_MAX)
    offset: int = Field(default=0, ge=0)


SCHEMAS: dict[str, type[BaseModel]] = {"NewArticle": NewArticle, "NewUser": NewUser, "Page": Page}

REFUSES = ValidationError


def load(name: str, sent: Sent) -> Any:
    """Load a body or a query."""
    model = SCHEMAS[name]
    return (model.model_validate_json(sent) if isinstance(sent, bytes) else model.model_validate(sent)).model_dump()


def read_error(error: ValidationError) -> Any:
    """Return the error as the library reports it."""
    return error.errors(include_input=False)


def list_errors(error: ValidationError) -> list[str]:
    """Return one line for each error."""
    return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}".removeprefix(": ") for each in error.errors()]

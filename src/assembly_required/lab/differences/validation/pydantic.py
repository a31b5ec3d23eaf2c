"""pydantic as its documentation writes it, and what it then says.

*In Django* forms take this part, and each field brings its own words.

*Here* ``model_validate_json(text)`` parses and validates; ``ValidationError.errors()`` is a list, and each mistake in
it has a type, a place and a sentence.

*What it costs*: what the place is called depends on the alias, and each answer repeats what was sent. Its ``EmailStr``
needs one more package, so a pattern stands here.

*Next*: :mod:`assembly_required.lab.differences.validation.msgspec`.
"""

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
    username: str = Field(max_length=limits.USERNAME, pattern=limits.USERNAME_FORM)
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
    """What the library makes of a body, or of a query."""
    model = SCHEMAS[name]
    return (model.model_validate_json(sent) if isinstance(sent, bytes) else model.model_validate(sent)).model_dump()


def said(error: ValidationError) -> Any:
    """Its answer, as it gives it."""
    return error.errors(include_input=False)


def lines(error: ValidationError) -> list[str]:
    """The same, a line for each mistake."""
    return [f"{'.'.join(map(str, each['loc']))}: {each['msg']}".removeprefix(": ") for each in error.errors()]

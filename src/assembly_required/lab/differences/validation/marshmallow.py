"""marshmallow as its quick start shows it.

``Schema().loads(text)`` parses and validates; ``ValidationError.messages`` is nested like the schemas. Malformed JSON
raises the error of Python's :mod:`json`. Unknown fields are refused, blank texts are not.
"""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from ....conduit import limits
from ..inputs import Sent
from ..outcome import flatten


class Article(Schema):
    title = fields.String(required=True, validate=validate.Length(max=limits.TITLE))
    description = fields.String(required=True, validate=validate.Length(max=limits.DESCRIPTION))
    body = fields.String(required=True, validate=validate.Length(max=limits.BODY))
    tag_list = fields.List(
        fields.String(validate=validate.Length(max=limits.TAG)),
        data_key="tagList",
        validate=validate.Length(max=limits.TAGS),
    )


class NewArticle(Schema):
    article = fields.Nested(Article, required=True)


class User(Schema):
    username = fields.String(
        required=True, validate=[validate.Length(max=limits.USERNAME), validate.Regexp(limits.USERNAME_FORM)]
    )
    email = fields.Email(required=True, validate=validate.Length(max=limits.EMAIL))
    password = fields.String(required=True, validate=validate.Length(limits.PASSWORD_MIN, limits.PASSWORD))


class NewUser(Schema):
    user = fields.Nested(User, required=True)


class Page(Schema):
    limit = fields.Integer(load_default=limits.PAGE_DEFAULT, validate=validate.Range(1, limits.PAGE_MAX))
    offset = fields.Integer(load_default=0, validate=validate.Range(min=0))


SCHEMAS: dict[str, type[Schema]] = {"NewArticle": NewArticle, "NewUser": NewUser, "Page": Page}

REFUSES = ValidationError


def load(name: str, sent: Sent) -> Any:
    """Load a body or a query."""
    schema = SCHEMAS[name]()
    return schema.loads(sent) if isinstance(sent, bytes) else schema.load(sent)


def read_error(error: ValidationError) -> Any:
    """Return the error as the library reports it."""
    return error.messages


def list_errors(error: ValidationError) -> list[str]:
    """Return one line for each error."""
    return flatten(error.messages)

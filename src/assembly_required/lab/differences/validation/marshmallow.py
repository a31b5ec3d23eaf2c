"""marshmallow as its quick start writes it, and what it then says.

*In Django* forms take this part, and each field brings its own words.

*Here* ``Schema().loads(text)`` parses and validates; ``ValidationError.messages`` is a dictionary of lists, nested as
the schemas are. A text that is not JSON is no error of marshmallow's: the :mod:`json` of Python raises.

*What it costs*: a field that the schema does not know is refused, a blank text is not.

*Next*: :mod:`assembly_required.lab.differences.validation.plain`.
"""

from typing import Any

from marshmallow import Schema, ValidationError, fields, validate

from ....conduit import limits
from ..inputs import Sent
from ..said import paths


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
    """What the library makes of a body, or of a query."""
    schema = SCHEMAS[name]()
    return schema.loads(sent) if isinstance(sent, bytes) else schema.load(sent)


def said(error: ValidationError) -> Any:
    """Its answer, as it gives it."""
    return error.messages


def lines(error: ValidationError) -> list[str]:
    """The same, a line for each mistake."""
    return paths(error.messages)

"""The request and response bodies as marshmallow schemas.

*In Django* these are the serializers of Django REST framework: classes with fields, nested, with ``many=True``.

*Here* they look similar: marshmallow was inspired by them. ``fields.Nested`` puts one schema into another,
``data_key`` is the name in JSON, ``required`` and ``allow_none`` distinguish absent from null, and ``partial=True``
turns a schema for creating into one for updating. ``@post_load`` unwraps the envelope. Rules are validators of a field
and not ``@validates`` methods, because apispec copies only validators into the OpenAPI document.

*What it costs*: ``required`` accepts an empty text, unlike in Django, so :class:`Text` is a field class of our own.

*Next*: :mod:`assembly_required.adapters.validation.pydantic`.
"""

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from marshmallow import EXCLUDE, Schema, ValidationError, fields, post_load, validate

from ....conduit import limits
from ....conduit.limits import BLANK, INVALID, too_long, too_short
from ....conduit.model import timestamp
from ....conduit.names import normalize_username

MESSAGES: dict[str, Any] = {"required": BLANK, "null": BLANK, "invalid": INVALID, "invalid_utf8": INVALID}


def at_most(maximum: int) -> validate.Length:
    return validate.Length(max=maximum, error=too_long(maximum))


class OfForm(validate.Regexp):
    """The whole text must match. ``Regexp`` alone would accept a newline at the end, which JSON Schema does not."""

    def __init__(self, pattern: str) -> None:
        super().__init__(pattern, error=INVALID)

    def __call__(self, value: Any) -> Any:
        if not re.fullmatch(self.regex, value):
            raise ValidationError(INVALID)
        return value


ONE_LINE, MANY_LINES = OfForm(limits.LINE_FORM), OfForm(limits.TEXT_FORM)


class Text(fields.String):
    """A text that every database can store.

    :param validators: marshmallow's validators.
    :param blank: whether the text may be empty or only white space.
    """

    def __init__(self, *validators: Any, blank: bool = False, **options: Any) -> None:
        if not blank:
            validators += (validate.Length(min=1),)  # for the OpenAPI document; a blank text is refused before
        super().__init__(validate=validators, error_messages=MESSAGES, **options)
        self.blank = blank

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> str:
        text = super()._deserialize(value, attr, data, **options)
        if not limits.storable(text):
            raise self.make_error("invalid")
        if not (self.blank or text.strip()):
            raise self.make_error("required")
        return text


class Username(Text):
    """A text that is normalized before it is checked."""

    def _deserialize(self, value: Any, attr: str | None, data: Mapping[str, Any] | None, **options: Any) -> str:
        return normalize_username(super()._deserialize(value, attr, data, **options))


class Number(fields.Integer):
    """A whole number in a range, with one message for every error."""

    def __init__(self, minimum: int, maximum: int, **options: Any) -> None:
        bounds = validate.Range(minimum, maximum, error=INVALID)
        super().__init__(validate=bounds, error_messages={**MESSAGES, "too_large": INVALID}, **options)


class Timestamp(fields.DateTime):
    """A date and time, always with six digits after the second; marshmallow's ``iso`` omits them when they are zero."""

    def _serialize(self, value: datetime | None, attr: str | None, obj: Any, **options: Any) -> str | None:
        return timestamp(value) if value else None


class Incoming(Schema):
    """A request. Surplus fields are ignored, and a value that is not an object counts as blank."""

    error_messages = {"type": BLANK}

    class Meta:
        unknown = EXCLUDE


class Envelope(Incoming):
    """A request body with one key, such as ``{"article": {...}}``. ``load`` returns the inner object."""

    @post_load
    def unwrap(self, data: dict[str, Any], **options: Any) -> Any:
        (inside,) = data.values()
        return inside


def envelope(schema: type[Schema] | Schema) -> fields.Nested:
    return fields.Nested(schema, required=True, error_messages=MESSAGES)


class NewUser(Incoming):
    username = Username(at_most(limits.USERNAME), OfForm(limits.USERNAME_FORM), required=True)
    email = Text(at_most(limits.EMAIL), OfForm(limits.EMAIL_FORM), required=True)
    password = Text(
        at_most(limits.PASSWORD),
        validate.Length(min=limits.PASSWORD_MIN, error=too_short(limits.PASSWORD_MIN)),
        required=True,
    )


class NewUserRequest(Envelope):
    user = envelope(NewUser)


class Login(Incoming):
    email = Text(at_most(limits.EMAIL), OfForm(limits.EMAIL_FORM), required=True)
    password = Text(at_most(limits.PASSWORD), required=True)


class LoginRequest(Envelope):
    user = envelope(Login)


class UpdateUser(NewUser):
    bio = Text(at_most(limits.BIO), MANY_LINES, blank=True, allow_none=True)
    image = Text(at_most(limits.IMAGE), blank=True, allow_none=True)


class UpdateUserRequest(Envelope):
    user = envelope(UpdateUser(partial=True))


class NewArticle(Incoming):
    title = Text(at_most(limits.TITLE), ONE_LINE, required=True)
    description = Text(at_most(limits.DESCRIPTION), ONE_LINE, required=True)
    body = Text(at_most(limits.BODY), MANY_LINES, required=True)
    tag_list = fields.List(
        Text(at_most(limits.TAG), ONE_LINE),
        data_key="tagList",
        validate=validate.Length(max=limits.TAGS, error=INVALID),
        error_messages=MESSAGES,
    )


class NewArticleRequest(Envelope):
    article = envelope(NewArticle)


class UpdateArticle(NewArticle):
    pass


class UpdateArticleRequest(Envelope):
    article = envelope(UpdateArticle(partial=True))


class NewComment(Incoming):
    body = Text(at_most(limits.COMMENT), MANY_LINES, required=True)


class NewCommentRequest(Envelope):
    comment = envelope(NewComment)


class Page(Incoming):
    limit = Number(1, limits.PAGE_MAX, load_default=limits.PAGE_DEFAULT)
    offset = Number(0, limits.OFFSET_MAX, load_default=0)


class ArticleFilter(Page):
    tag = Text(blank=True)
    author = Text(blank=True)
    favorited = Text(blank=True)


class User(Schema):
    username = fields.String(required=True)
    email = fields.String(required=True)
    bio = fields.String(required=True, allow_none=True)
    image = fields.String(required=True, allow_none=True)
    token = fields.String(required=True)


class UserResponse(Schema):
    user = fields.Nested(User, required=True)


class Profile(Schema):
    username = fields.String(required=True)
    bio = fields.String(required=True, allow_none=True)
    image = fields.String(required=True, allow_none=True)
    following = fields.Boolean(required=True)


class ProfileResponse(Schema):
    profile = fields.Nested(Profile, required=True)


class Article(Schema):
    slug = fields.String(required=True)
    title = fields.String(required=True)
    description = fields.String(required=True)
    body = fields.String(required=True)
    tag_list = fields.List(fields.String(), required=True, data_key="tagList")
    created_at = Timestamp(required=True, data_key="createdAt")
    updated_at = Timestamp(required=True, data_key="updatedAt")
    favorited = fields.Boolean(required=True)
    favorites_count = fields.Integer(required=True, data_key="favoritesCount")
    author = fields.Nested(Profile, required=True)


class Preview(Article):
    class Meta:
        exclude = ("body",)


class ArticleResponse(Schema):
    article = fields.Nested(Article, required=True)


class ArticlesResponse(Schema):
    articles = fields.List(fields.Nested(Preview), required=True)
    articles_count = fields.Integer(required=True, data_key="articlesCount")


class Comment(Schema):
    id = fields.Integer(required=True)
    body = fields.String(required=True)
    created_at = Timestamp(required=True, data_key="createdAt")
    updated_at = Timestamp(required=True, data_key="updatedAt")
    author = fields.Nested(Profile, required=True)


class CommentResponse(Schema):
    comment = fields.Nested(Comment, required=True)


class CommentsResponse(Schema):
    comments = fields.List(fields.Nested(Comment), required=True)


class TagsResponse(Schema):
    tags = fields.List(fields.String(), required=True)


class Errors(Schema):
    errors = fields.Dict(keys=fields.String(), values=fields.List(fields.String()), required=True)


SCHEMAS: dict[str, type[Schema]] = {
    "NewUser": NewUserRequest,
    "Login": LoginRequest,
    "UpdateUser": UpdateUserRequest,
    "NewArticle": NewArticleRequest,
    "UpdateArticle": UpdateArticleRequest,
    "NewComment": NewCommentRequest,
    "Page": Page,
    "ArticleFilter": ArticleFilter,
    "User": UserResponse,
    "Profile": ProfileResponse,
    "Article": ArticleResponse,
    "Articles": ArticlesResponse,
    "Comment": CommentResponse,
    "Comments": CommentsResponse,
    "Tags": TagsResponse,
    "Errors": Errors,
}
"""The schemas, by the names that operations use."""

"""The request and response bodies as pydantic models.

*In Django* these are the serializers of Django REST framework, whose fields are objects.

*Here* a field is a type hint, which editors and type checkers read too. ``Annotated`` adds the limits to a type, so
``Title`` can be used in two models. ``| None`` allows null and ``| MISSING`` allows a field to be absent. Many projects
write ``title: str | None = None`` for an optional field, which also allows null; the OpenAPI document then shows null
and the default.
Requests and responses have different base classes: a common base with ``populate_by_name`` would let clients send
``tag_list`` instead of ``tagList``.

*What it costs*: a model cannot make the fields of its base class optional, so the models for updates repeat them.
pydantic reports only the first constraint that a text violates; :class:`Pattern` exists to report the others too.
``MISSING`` was experimental before pydantic 2.14.

*Next*: :mod:`assembly_required.adapters.validation.msgspec`.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any

from pydantic import (
    MISSING,
    AliasGenerator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PlainSerializer,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
)
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from ....conduit import limits
from ....conduit.model import timestamp
from ....conduit.names import normalize_username


def storable(value: Any) -> Any:
    """Reject a text that not every database can store."""
    if isinstance(value, str) and not limits.storable(value):
        raise ValueError(limits.INVALID)
    return value


def present(value: Any) -> Any:
    """Reject a text that is empty, only white space, or not storable."""
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("blank", limits.BLANK)
    return storable(value)


def normalized(value: Any) -> Any:
    """Convert a username to NFKC."""
    return normalize_username(value) if isinstance(value, str) else value


# The last validator in an annotation runs first, so a blank text is not reported as too short as well. That it needs
# one character is said for the OpenAPI document.
STORABLE = BeforeValidator(storable)
PRESENT = BeforeValidator(present)


@dataclass(frozen=True)
class Pattern:
    """The whole text must match a regular expression. Unlike in ``StringConstraints``, it is checked after a length
    error too."""

    pattern: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return core_schema.no_info_wrap_validator_function(self.check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return {**handler(schema), "pattern": self.pattern}

    def check(self, value: Any, handler: ValidatorFunctionWrapHandler) -> Any:
        errors: list[InitErrorDetails] = []
        try:
            value = handler(value)
        except ValidationError as error:
            errors = [{"type": each["type"], "input": value, "ctx": each.get("ctx", {})} for each in error.errors()]
        if isinstance(value, str) and not re.fullmatch(self.pattern, value):
            errors.append({"type": "string_pattern_mismatch", "input": value, "ctx": {"pattern": self.pattern}})
        if errors:
            raise ValidationError.from_exception_data("text", errors)
        return value


ONE_LINE, MANY_LINES = Pattern(limits.LINE_FORM), Pattern(limits.TEXT_FORM)

Username = Annotated[
    str,
    StringConstraints(min_length=1, max_length=limits.USERNAME),
    Pattern(limits.USERNAME_FORM),
    PRESENT,
    BeforeValidator(normalized),
]
Email = Annotated[str, StringConstraints(min_length=1, max_length=limits.EMAIL), Pattern(limits.EMAIL_FORM), PRESENT]
Password = Annotated[str, StringConstraints(min_length=1, max_length=limits.PASSWORD), PRESENT]
NewPassword = Annotated[str, StringConstraints(min_length=limits.PASSWORD_MIN, max_length=limits.PASSWORD), PRESENT]
Bio = Annotated[str, StringConstraints(max_length=limits.BIO), MANY_LINES, STORABLE]
Image = Annotated[str, StringConstraints(max_length=limits.IMAGE), STORABLE]
Title = Annotated[str, StringConstraints(min_length=1, max_length=limits.TITLE), ONE_LINE, PRESENT]
Description = Annotated[str, StringConstraints(min_length=1, max_length=limits.DESCRIPTION), ONE_LINE, PRESENT]
Body = Annotated[str, StringConstraints(min_length=1, max_length=limits.BODY), MANY_LINES, PRESENT]
Tag = Annotated[str, StringConstraints(min_length=1, max_length=limits.TAG), ONE_LINE, PRESENT]
TagList = Annotated[list[Tag], Field(max_length=limits.TAGS)]
CommentBody = Annotated[str, StringConstraints(min_length=1, max_length=limits.COMMENT), MANY_LINES, PRESENT]
Word = Annotated[str, STORABLE]

# ``int`` parses the query parameter: pydantic would accept "5.0" as 5, and reject digits other than 0 to 9.
Limit = Annotated[int, Field(ge=1, le=limits.PAGE_MAX), BeforeValidator(int)]
Offset = Annotated[int, Field(ge=0, le=limits.OFFSET_MAX), BeforeValidator(int)]

# Always six digits after the second; pydantic's own format omits them when they are zero.
Instant = Annotated[
    datetime, PlainSerializer(timestamp), WithJsonSchema({"type": "string", "format": "date-time"}, "serialization")
]


class Incoming(BaseModel):
    """A request. Fields are read by their alias only, and surplus fields are ignored."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")

    def payload(self) -> BaseModel:
        """Return the model with the fields that the application wants."""
        return self


class Envelope(Incoming):
    """A request body with one key, such as ``{"article": {...}}``."""

    def payload(self) -> BaseModel:
        model: BaseModel
        ((_, model),) = self
        return model


class NewUser(Incoming):
    username: Username
    email: Email
    password: NewPassword


class NewUserRequest(Envelope):
    user: NewUser


class Login(Incoming):
    email: Email
    password: Password


class LoginRequest(Envelope):
    user: Login


class UpdateUser(Incoming):
    username: Username | MISSING = MISSING
    email: Email | MISSING = MISSING
    password: NewPassword | MISSING = MISSING
    bio: Bio | MISSING | None = MISSING
    image: Image | MISSING | None = MISSING


class UpdateUserRequest(Envelope):
    user: UpdateUser


class NewArticle(Incoming):
    title: Title
    description: Description
    body: Body
    tag_list: TagList | MISSING = MISSING


class NewArticleRequest(Envelope):
    article: NewArticle


class UpdateArticle(Incoming):
    title: Title | MISSING = MISSING
    description: Description | MISSING = MISSING
    body: Body | MISSING = MISSING
    tag_list: TagList | MISSING = MISSING


class UpdateArticleRequest(Envelope):
    article: UpdateArticle


class NewComment(Incoming):
    body: CommentBody


class NewCommentRequest(Envelope):
    comment: NewComment


class Page(Incoming):
    limit: Limit = limits.PAGE_DEFAULT
    offset: Offset = 0


class ArticleFilter(Page):
    tag: Word | MISSING = MISSING
    author: Word | MISSING = MISSING
    favorited: Word | MISSING = MISSING


class Outgoing(BaseModel):
    """A response, read from the attributes of a dataclass and written with aliases."""

    model_config = ConfigDict(
        alias_generator=AliasGenerator(serialization_alias=to_camel),
        serialize_by_alias=True,
        from_attributes=True,
        extra="forbid",
    )


class User(Outgoing):
    username: str
    email: str
    bio: str | None
    image: str | None
    token: str


class UserResponse(Outgoing):
    user: User


class Profile(Outgoing):
    username: str
    bio: str | None
    image: str | None
    following: bool


class ProfileResponse(Outgoing):
    profile: Profile


class Preview(Outgoing):
    slug: str
    title: str
    description: str
    tag_list: list[str]
    created_at: Instant
    updated_at: Instant
    favorited: bool
    favorites_count: int
    author: Profile


class Article(Preview):
    body: str


class ArticleResponse(Outgoing):
    article: Article


class ArticlesResponse(Outgoing):
    articles: list[Preview]
    articles_count: int


class Comment(Outgoing):
    id: int
    body: str
    created_at: Instant
    updated_at: Instant
    author: Profile


class CommentResponse(Outgoing):
    comment: Comment


class CommentsResponse(Outgoing):
    comments: list[Comment]


class TagsResponse(Outgoing):
    tags: list[str]


class Errors(Outgoing):
    errors: dict[str, list[str]]


REQUESTS: dict[str, type[Incoming]] = {
    "NewUser": NewUserRequest,
    "Login": LoginRequest,
    "UpdateUser": UpdateUserRequest,
    "NewArticle": NewArticleRequest,
    "UpdateArticle": UpdateArticleRequest,
    "NewComment": NewCommentRequest,
    "Page": Page,
    "ArticleFilter": ArticleFilter,
}
"""The models of request bodies and queries, by the names that operations use."""

SCHEMAS: dict[str, type[BaseModel]] = {
    **REQUESTS,
    "User": UserResponse,
    "Profile": ProfileResponse,
    "Article": ArticleResponse,
    "Articles": ArticlesResponse,
    "Comment": CommentResponse,
    "Comments": CommentsResponse,
    "Tags": TagsResponse,
    "Errors": Errors,
}
"""All models, by the names that operations use."""

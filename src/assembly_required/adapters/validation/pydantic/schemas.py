"""The shapes of everything that comes in and goes out, as pydantic models.

*In Django* these are REST framework's serializers, whose fields are objects.

*Here* a field is a type hint, which editors and type checkers read too. ``Annotated`` carries its limits;
``| MISSING`` says that it may be absent, ``| None`` that it may be null, and only a validator can say that it may not
be blank. What comes in has one base and what goes out another: one base for both would let clients send ``tag_list``.

*What it costs*: a model takes no field away from its base and makes none optional, so a model for changing writes its
fields out once more. Of a text's own constraints pydantic names the first that is broken; :class:`OfForm` is ours so
that all are. ``MISSING`` needs pydantic 2.14: before, it was an experiment.

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
    SerializerFunctionWrapHandler,
    StringConstraints,
    ValidationError,
    ValidatorFunctionWrapHandler,
    WithJsonSchema,
    model_serializer,
)
from pydantic.alias_generators import to_camel
from pydantic_core import CoreSchema, InitErrorDetails, PydanticCustomError, core_schema

from ....conduit import limits
from ....conduit.model import timestamp


def storable(value: Any) -> Any:
    """Refuse a text that a database cannot keep."""
    if isinstance(value, str) and not limits.storable(value):
        raise ValueError(limits.INVALID)
    return value


def present(value: Any) -> Any:
    """Refuse it also when it is empty, or nothing but white space."""
    if isinstance(value, str) and not value.strip():
        raise PydanticCustomError("blank", limits.BLANK)
    return storable(value)


# The last validator of an annotation runs first: a text that is blank is not also too short, or of the wrong form.
STORABLE = BeforeValidator(storable)
PRESENT = BeforeValidator(present)


@dataclass(frozen=True)
class OfForm:
    """The whole text has this form; checked also where a length is wrong, which ``StringConstraints`` would not."""

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


Username = Annotated[str, StringConstraints(max_length=limits.USERNAME), OfForm(limits.USERNAME_FORM), PRESENT]
Email = Annotated[str, StringConstraints(max_length=limits.EMAIL), OfForm(limits.EMAIL_FORM), PRESENT]
Password = Annotated[str, StringConstraints(max_length=limits.PASSWORD), PRESENT]
NewPassword = Annotated[str, StringConstraints(min_length=limits.PASSWORD_MIN, max_length=limits.PASSWORD), PRESENT]
Bio = Annotated[str, StringConstraints(max_length=limits.BIO), STORABLE]
Image = Annotated[str, StringConstraints(max_length=limits.IMAGE), STORABLE]
Title = Annotated[str, StringConstraints(max_length=limits.TITLE), PRESENT]
Description = Annotated[str, StringConstraints(max_length=limits.DESCRIPTION), PRESENT]
Body = Annotated[str, StringConstraints(max_length=limits.BODY), PRESENT]
Tag = Annotated[str, StringConstraints(max_length=limits.TAG), PRESENT]
TagList = Annotated[list[Tag], Field(max_length=limits.TAGS)]
CommentBody = Annotated[str, StringConstraints(max_length=limits.COMMENT), PRESENT]
Word = Annotated[str, STORABLE]

# ``int`` reads the text of a query: pydantic would take "5.0" for 5, and no digits but European ones.
Limit = Annotated[int, Field(ge=1, le=limits.PAGE_MAX), BeforeValidator(int)]
Offset = Annotated[int, Field(ge=0, le=limits.OFFSET_MAX), BeforeValidator(int)]

# Six digits of a second; pydantic's own ISO 8601 drops them when they are zero.
Instant = Annotated[
    datetime, PlainSerializer(timestamp), WithJsonSchema({"type": "string", "format": "date-time"}, "serialization")
]


class Incoming(BaseModel):
    """What a client sends: by its alias alone, and without surplus fields."""

    model_config = ConfigDict(alias_generator=to_camel, extra="ignore")


class Envelope(Incoming):
    """An object around the object; what is in it is what was meant."""

    @model_serializer(mode="wrap")
    def unwrap(self, handler: SerializerFunctionWrapHandler) -> Any:
        (inside,) = handler(self).values()
        return inside


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
    """What the application answers: read from dataclasses by its name, written under its alias, and nothing else."""

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


SCHEMAS: dict[str, type[BaseModel]] = {
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
"""The schemas by the names that operations use for them."""

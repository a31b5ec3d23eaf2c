"""What comes in and what goes out, as pydantic models."""

import re
import unicodedata
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, StringConstraints
from pydantic.alias_generators import to_camel

from . import limits

EMAIL = (
    r"^[a-zA-Z0-9.!#$%&'*+/=?^_`{|}~-]+@[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?"
    r"(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)+$"
)
"""The pattern of ``<input type=email>``, with a dot in the domain.

Source: https://html.spec.whatwg.org/multipage/input.html#valid-e-mail-address
"""


def normalize(value: Any) -> Any:
    """Different code points for the same letters would make two users of one name."""
    return unicodedata.normalize("NFKC", value) if isinstance(value, str) else value


def check_username(value: str) -> str:
    """A name is part of a path, and is shown to others: no slash, nothing invisible."""
    if "/" in value or value in (".", "..") or value != value.strip():
        raise ValueError("is invalid")
    if any(unicodedata.category(character) in ("Cc", "Cf", "Zl", "Zp") for character in value):
        raise ValueError("is invalid")
    return value


def check_no_nul(value: str) -> str:
    """PostgreSQL cannot store NUL."""
    if "\0" in value:
        raise ValueError("is invalid")
    return value


def check_not_blank(value: str) -> str:
    if not value.strip():
        raise ValueError("can't be blank")
    return value


def check_line(value: str) -> str:
    """A text of one line holds no control characters."""
    if any(unicodedata.category(character) == "Cc" for character in value):
        raise ValueError("is invalid")
    return value


def check_paragraphs(value: str) -> str:
    """A text of several lines may hold tabs and line ends, and no other control characters."""
    check_line(re.sub(r"[\t\r\n]", "", value))
    return value


def unique(values: list[str]) -> list[str]:
    return list(dict.fromkeys(values))


def length(maximum: int, minimum: int = 0) -> StringConstraints:
    return StringConstraints(min_length=minimum or None, max_length=maximum)


NotBlank = AfterValidator(check_not_blank)
Line = AfterValidator(check_line)
Paragraphs = AfterValidator(check_paragraphs)

Username = Annotated[str, length(limits.USERNAME), NotBlank, AfterValidator(check_username), BeforeValidator(normalize)]
Email = Annotated[str, StringConstraints(max_length=limits.EMAIL, pattern=EMAIL), AfterValidator(str.lower)]
Password = Annotated[str, length(limits.PASSWORD, limits.PASSWORD_MIN), NotBlank, AfterValidator(check_no_nul)]
OldPassword = Annotated[str, length(limits.PASSWORD), NotBlank, AfterValidator(check_no_nul)]
Title = Annotated[str, length(limits.TITLE), NotBlank, Line]
Description = Annotated[str, length(limits.DESCRIPTION), NotBlank, Line]
Body = Annotated[str, length(limits.BODY), NotBlank, Paragraphs]
CommentBody = Annotated[str, length(limits.COMMENT), NotBlank, Paragraphs]
Bio = Annotated[str, length(limits.BIO), Paragraphs]
Image = Annotated[str, length(limits.IMAGE), AfterValidator(check_no_nul)]
Tag = Annotated[str, length(limits.TAG), NotBlank, Line]
Tags = Annotated[list[Tag], Field(max_length=limits.TAGS), AfterValidator(unique)]
Filter = Annotated[str, AfterValidator(check_no_nul)]
UsernameFilter = Annotated[str, AfterValidator(check_no_nul), BeforeValidator(normalize)]


def format_moment(value: datetime) -> str:
    return value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


# bent: pydantic leaves out the digits of a second that are zero
Moment = Annotated[datetime, PlainSerializer(format_moment, return_type=str)]


class Input(BaseModel):
    """What clients send: names in camelCase only."""

    model_config = ConfigDict(alias_generator=to_camel)


class Output(BaseModel):
    """What the API answers: names in camelCase outside, in snake_case inside."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True)


class NewUser(Input):
    username: Username
    email: Email
    password: Password


class Login(Input):
    email: Email
    password: OldPassword


class UserChanges(Input):
    """Fields that are absent stay as they are.

    Their defaults would be invalid; made by a factory, they stay out of the OpenAPI document.
    """

    username: Username = Field(default_factory=str)
    email: Email = Field(default_factory=str)
    password: Password = Field(default_factory=str)
    bio: Bio | None = None
    image: Image | None = None


class NewArticle(Input):
    title: Title
    description: Description
    body: Body
    tag_list: Tags = []


class ArticleChanges(Input):
    """Fields that are absent stay as they are."""

    title: Title = Field(default_factory=str)
    description: Description = Field(default_factory=str)
    body: Body = Field(default_factory=str)
    tag_list: Tags = []


class NewComment(Input):
    body: CommentBody


class Page(Input):
    limit: int = Field(limits.PAGE, ge=1, le=limits.PAGE_MAX)
    offset: int = Field(0, ge=0, le=limits.BIGINT)


class ArticleFilter(Page):
    tag: Filter | None = None
    author: UsernameFilter | None = None
    favorited: UsernameFilter | None = None


class User(Output):
    username: str
    email: str
    bio: str | None
    image: str | None
    token: str


class Profile(Output):
    username: str
    bio: str | None
    image: str | None
    following: bool


class ArticleSummary(Output):
    """An article in a list, without its body."""

    slug: str
    title: str
    description: str
    tag_list: list[str]
    created_at: Moment
    updated_at: Moment
    favorited: bool
    favorites_count: int
    author: Profile


class Article(ArticleSummary):
    body: str


class Comment(Output):
    id: int
    body: str
    created_at: Moment
    updated_at: Moment
    author: Profile


class UserResponse(Output):
    user: User


class ProfileResponse(Output):
    profile: Profile


class ArticleResponse(Output):
    article: Article


class ArticlesResponse(Output):
    articles: list[ArticleSummary]
    articles_count: int


class CommentResponse(Output):
    comment: Comment


class CommentsResponse(Output):
    comments: list[Comment]


class TagsResponse(Output):
    tags: list[str]


class Health(Output):
    status: str


class ErrorResponse(Output):
    """The messages for each field."""

    errors: dict[str, list[str]]

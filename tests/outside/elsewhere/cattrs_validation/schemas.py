"""The shapes of everything that comes in and goes out, as attrs classes.

A class is named as the API's specification names that object. ``Annotated`` carries what holds for a value, ``| None``
outside of it that it may be null, the default ``ABSENT`` that it need not be sent.
"""

from datetime import datetime
from typing import Annotated, ClassVar

from attrs import define

from assembly_required.conduit import limits

from .fields import ABSENT, AtMost, Between, Name, Text

Username = Annotated[str, Name(limits.USERNAME, form=limits.USERNAME_FORM)]
Email = Annotated[str, Text(limits.EMAIL, form=limits.EMAIL_FORM)]
NewPassword = Annotated[str, Text(limits.PASSWORD, shortest=limits.PASSWORD_MIN)]
Password = Annotated[str, Text(limits.PASSWORD)]
Bio = Annotated[str, Text(limits.BIO, form=limits.TEXT_FORM, blank=True)]
Image = Annotated[str, Text(limits.IMAGE, blank=True)]
Title = Annotated[str, Text(limits.TITLE, form=limits.LINE_FORM)]
Description = Annotated[str, Text(limits.DESCRIPTION, form=limits.LINE_FORM)]
Body = Annotated[str, Text(limits.BODY, form=limits.TEXT_FORM)]
Tag = Annotated[str, Text(limits.TAG, form=limits.LINE_FORM)]
Tags = Annotated[list[Tag], AtMost(limits.TAGS)]
CommentBody = Annotated[str, Text(limits.COMMENT, form=limits.TEXT_FORM)]
Word = Annotated[str, Text(blank=True)]


@define
class NewUser:
    username: Username
    email: Email
    password: NewPassword


@define
class NewUserRequest:
    user: NewUser


@define
class Login:
    email: Email
    password: Password


@define
class LoginRequest:
    user: Login


@define
class UpdateUser:
    username: Username = ABSENT
    email: Email = ABSENT
    password: NewPassword = ABSENT
    bio: Bio | None = ABSENT
    image: Image | None = ABSENT


@define
class UpdateUserRequest:
    user: UpdateUser


@define
class NewArticle:
    title: Title
    description: Description
    body: Body
    tag_list: Tags = ABSENT


@define
class NewArticleRequest:
    article: NewArticle


@define
class UpdateArticle:
    title: Title = ABSENT
    description: Description = ABSENT
    body: Body = ABSENT
    tag_list: Tags = ABSENT


@define
class UpdateArticleRequest:
    article: UpdateArticle


@define
class NewComment:
    body: CommentBody


@define
class NewCommentRequest:
    comment: NewComment


@define
class Page:
    limit: Annotated[int, Between(1, limits.PAGE_MAX)] = limits.PAGE_DEFAULT
    offset: Annotated[int, Between(0, limits.OFFSET_MAX)] = 0


@define
class ArticleFilter(Page):
    tag: Word = ABSENT
    author: Word = ABSENT
    favorited: Word = ABSENT


@define
class Outgoing:
    """What the application answers: these fields and, as the document then says, no others."""

    complete: ClassVar[bool] = True


@define
class User(Outgoing):
    username: str
    email: str
    bio: str | None
    image: str | None
    token: str


@define
class UserResponse(Outgoing):
    user: User


@define
class Profile(Outgoing):
    username: str
    bio: str | None
    image: str | None
    following: bool


@define
class ProfileResponse(Outgoing):
    profile: Profile


@define
class Preview(Outgoing):
    slug: str
    title: str
    description: str
    tag_list: list[str]
    created_at: datetime
    updated_at: datetime
    favorited: bool
    favorites_count: int
    author: Profile


@define
class Article(Preview):
    body: str


@define
class ArticleResponse(Outgoing):
    article: Article


@define
class ArticlesResponse(Outgoing):
    articles: list[Preview]
    articles_count: int


@define
class Comment(Outgoing):
    id: int
    body: str
    created_at: datetime
    updated_at: datetime
    author: Profile


@define
class CommentResponse(Outgoing):
    comment: Comment


@define
class CommentsResponse(Outgoing):
    comments: list[Comment]


@define
class TagsResponse(Outgoing):
    tags: list[str]


@define
class Errors(Outgoing):
    errors: dict[str, list[str]]


SCHEMAS: dict[str, type] = {
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

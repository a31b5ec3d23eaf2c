"""The request and response bodies as msgspec structs.

*In Django* these are the serializers of Django REST framework: a class with one field object for each value.

*Here* a field is a type hint: ``Annotated[str, Meta(max_length=200)]`` is a title, ``| UnsetType = UNSET`` allows it to
be absent, ``| None`` allows null, and ``rename="camel"`` turns ``tag_list`` into ``tagList`` in JSON. Rules that a type
hint cannot express are in ``__post_init__``. msgspec would copy the docstring of a struct into the OpenAPI document.

*What it costs*: a struct cannot make the fields of its base class optional, so the structs for updates repeat them.
A custom type such as :class:`Timestamp` needs one hook each for loading, dumping and the JSON Schema.

*Next*: :mod:`assembly_required.adapters.validation.django`.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import UNSET, Meta, Struct, UnsetType

from ....conduit import limits
from ....conduit.errors import Invalid
from ....conduit.limits import BLANK, INVALID
from ....conduit.model import timestamp

# In Python ``$`` also matches before a newline at the end, in JSON Schema it does not. With this suffix both agree.
END = r"(?!\n)"

ONE_LINE, MANY_LINES = limits.LINE_FORM + END, limits.TEXT_FORM + END

Username = Annotated[str, Meta(min_length=1, max_length=limits.USERNAME, pattern=limits.USERNAME_FORM + END)]
Email = Annotated[str, Meta(min_length=1, max_length=limits.EMAIL, pattern=limits.EMAIL_FORM + END)]
NewPassword = Annotated[str, Meta(min_length=limits.PASSWORD_MIN, max_length=limits.PASSWORD)]
Password = Annotated[str, Meta(min_length=1, max_length=limits.PASSWORD)]
Bio = Annotated[str, Meta(max_length=limits.BIO, pattern=MANY_LINES)]
Image = Annotated[str, Meta(max_length=limits.IMAGE)]
Title = Annotated[str, Meta(min_length=1, max_length=limits.TITLE, pattern=ONE_LINE)]
Description = Annotated[str, Meta(min_length=1, max_length=limits.DESCRIPTION, pattern=ONE_LINE)]
Body = Annotated[str, Meta(min_length=1, max_length=limits.BODY, pattern=MANY_LINES)]
Tags = Annotated[
    list[Annotated[str, Meta(min_length=1, max_length=limits.TAG, pattern=ONE_LINE)]], Meta(max_length=limits.TAGS)
]
CommentBody = Annotated[str, Meta(min_length=1, max_length=limits.COMMENT, pattern=MANY_LINES)]


class Timestamp(str):
    """A date and time, always with six digits after the second; msgspec omits them when they are zero."""

    __slots__ = ()

    @staticmethod
    def load(kind: type[Any], instant: datetime) -> "Timestamp":
        return Timestamp(timestamp(instant))

    @staticmethod
    def describe(kind: type[Any]) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


def flaw(value: Any, blank: bool) -> str | None:
    """Return the message for a text, or a list of texts, that is blank or cannot be stored.

    :param blank: whether a text may be empty or only white space.
    """
    if isinstance(value, list):
        return INVALID if any(flaw(each, blank=False) for each in value) else None
    if not isinstance(value, str):
        return None
    if not limits.storable(value):
        return INVALID
    return None if blank or value.strip() else BLANK


class Incoming(Struct, rename="camel"):
    """A request. Surplus fields are ignored.

    ``blank`` names the fields that may be empty, and the fields that are not texts.
    """

    blank: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        # msgspec would turn a ValueError into a ValidationError without the field. It does not catch Invalid.
        for name, sent in zip(self.__struct_fields__, self.__struct_encode_fields__, strict=True):
            if wrong := flaw(getattr(self, name), blank=name in self.blank):
                raise Invalid({sent: [wrong]})


class NewUser(Incoming):
    username: Username
    email: Email
    password: NewPassword


class NewUserRequest(Struct):
    user: NewUser


class Login(Incoming):
    email: Email
    password: Password


class LoginRequest(Struct):
    user: Login


class UpdateUser(Incoming):
    blank = frozenset({"bio", "image"})

    username: Username | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    password: NewPassword | UnsetType = UNSET
    bio: Bio | UnsetType | None = UNSET
    image: Image | UnsetType | None = UNSET


class UpdateUserRequest(Struct):
    user: UpdateUser


class NewArticle(Incoming):
    blank = frozenset({"tag_list"})

    title: Title
    description: Description
    body: Body
    tag_list: Tags | UnsetType = UNSET


class NewArticleRequest(Struct):
    article: NewArticle


class UpdateArticle(Incoming):
    blank = frozenset({"tag_list"})

    title: Title | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    body: Body | UnsetType = UNSET
    tag_list: Tags | UnsetType = UNSET


class UpdateArticleRequest(Struct):
    article: UpdateArticle


class NewComment(Incoming):
    body: CommentBody


class NewCommentRequest(Struct):
    comment: NewComment


class Page(Incoming):
    blank = frozenset({"limit", "offset"})

    limit: Annotated[int, Meta(ge=1, le=limits.PAGE_MAX)] = limits.PAGE_DEFAULT
    offset: Annotated[int, Meta(ge=0, le=limits.OFFSET_MAX)] = 0


class ArticleFilter(Page):
    blank = Page.blank | {"tag", "author", "favorited"}

    tag: str | UnsetType = UNSET
    author: str | UnsetType = UNSET
    favorited: str | UnsetType = UNSET


class Outgoing(Struct, rename="camel", forbid_unknown_fields=True):
    """A response. ``forbid_unknown_fields`` puts ``additionalProperties: false`` into the document."""


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
    created_at: Timestamp
    updated_at: Timestamp
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
    created_at: Timestamp
    updated_at: Timestamp
    author: Profile


class CommentResponse(Outgoing):
    comment: Comment


class CommentsResponse(Outgoing):
    comments: list[Comment]


class TagsResponse(Outgoing):
    tags: list[str]


class Errors(Outgoing):
    errors: dict[str, list[str]]


SCHEMAS: dict[str, type[Struct]] = {
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
"""The structs, by the names that operations use."""

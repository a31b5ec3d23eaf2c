"""The shapes of everything that comes in and goes out, as msgspec structs.

*In Django* these are REST framework's serializers: a class with one field object for each value.

*Here* type hints say it: ``Annotated[str, Meta(max_length=200)]`` is a title, ``| UnsetType = UNSET`` lets it be
absent, ``| None`` lets it be null, ``rename="camel"`` makes ``tag_list`` the ``tagList`` of the wire. What type hints
cannot say stands in ``__post_init__``. A docstring of a struct would become its description in the OpenAPI document.

*What it costs*: there is no ``partial``: a struct for changing names its fields once more. A type of one's own, as
:class:`Timestamp`, takes a hook each for loading, dumping and describing.

*Next*: :mod:`assembly_required.adapters.validation.django`.
"""

from datetime import datetime
from typing import Annotated, Any, ClassVar

from msgspec import UNSET, Meta, Struct, UnsetType

from ....conduit import limits
from ....conduit.errors import Invalid
from ....conduit.limits import BLANK, INVALID
from ....conduit.model import timestamp

# In Python ``$`` also matches before a line's end, which JSON Schema does not; with this behind it they agree.
END = r"(?!\n)"

Username = Annotated[str, Meta(max_length=limits.USERNAME, pattern=limits.USERNAME_FORM)]
Email = Annotated[str, Meta(max_length=limits.EMAIL, pattern=limits.EMAIL_FORM + END)]
NewPassword = Annotated[str, Meta(min_length=limits.PASSWORD_MIN, max_length=limits.PASSWORD)]
Password = Annotated[str, Meta(max_length=limits.PASSWORD)]
Bio = Annotated[str, Meta(max_length=limits.BIO)]
Image = Annotated[str, Meta(max_length=limits.IMAGE)]
Title = Annotated[str, Meta(max_length=limits.TITLE)]
Description = Annotated[str, Meta(max_length=limits.DESCRIPTION)]
Body = Annotated[str, Meta(max_length=limits.BODY)]
Tags = Annotated[list[Annotated[str, Meta(max_length=limits.TAG)]], Meta(max_length=limits.TAGS)]
CommentBody = Annotated[str, Meta(max_length=limits.COMMENT)]


class Timestamp(str):
    """An instant with six digits of a second; msgspec's own drops them when they are zero."""

    __slots__ = ()

    @staticmethod
    def load(kind: type[Any], instant: datetime) -> "Timestamp":
        return Timestamp(timestamp(instant))

    @staticmethod
    def describe(kind: type[Any]) -> dict[str, Any]:
        return {"type": "string", "format": "date-time"}


def flaw(value: Any, blank: bool) -> str | None:
    """What is wrong with a text, or with one in a list, that no type hint can say.

    :param blank: whether a text may be empty, or nothing but white space.
    """
    if isinstance(value, list):
        return INVALID if any(flaw(each, blank=False) for each in value) else None
    if not isinstance(value, str):
        return None
    if not limits.storable(value):
        return INVALID
    return None if blank or value.strip() else BLANK


class Incoming(Struct, rename="camel"):
    """What a client sends: surplus fields are dropped.

    ``blank`` names the fields where an empty text does not mean nothing: it is a value, or of another type than wanted.
    """

    blank: ClassVar[frozenset[str]] = frozenset()

    def __post_init__(self) -> None:
        # A ValueError would become a ValidationError with the path of the struct; Invalid goes through, with the field.
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
    """What the application answers: these fields and, as the document then says, no others."""


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
"""The schemas by the names that operations use for them."""

"""The request and response bodies as serializers of Django REST framework.

*In Django* this is ``serializers.py``. Most serializers there are a ``ModelSerializer``, created from a model.

*Here* there is no Django model, so each is a ``Serializer`` with its fields written out, nested, with ``many=True``.
The name of a field is the name in JSON, ``source`` the name in Python. ``required``, ``allow_null`` and
``allow_blank`` distinguish absent, null and empty. ``error_messages`` sets the API's messages by error code.

*What it costs*: Django REST framework also reads HTML forms, so it converts values that this API does not allow (5 to
``"5"``, ``"5.0"`` to 5) and trims texts. :class:`Text` and :class:`Number` turn that off. ``partial=True`` works on the
outermost serializer only, where it would make the envelope optional; :class:`Partial` does the same for a nested one.

*Next*: :mod:`assembly_required.adapters.validation.django.described`.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from rest_framework import serializers

from ....conduit import limits
from ....conduit.limits import BLANK, INVALID, too_long, too_short
from ....conduit.names import normalize_username


class OfForm(RegexValidator):
    """The whole text must match. Django's validator would accept a newline at the end, which JSON Schema does not."""

    def __call__(self, value: str) -> None:
        if not re.fullmatch(self.regex, value):
            raise ValidationError(INVALID, code="invalid")


class Text(serializers.CharField):
    """A text that every database can store, not trimmed.

    :param maximum: the maximum length in characters.
    :param minimum: the minimum length in characters.
    :param form: a regular expression that the whole text must match.
    """

    default_error_messages = {"required": BLANK, "null": BLANK, "blank": BLANK, "invalid": INVALID}

    def __init__(
        self, maximum: int | None = None, minimum: int | None = None, form: str | None = None, **options: Any
    ) -> None:
        lengths: dict[str, Any] = {"max_length": too_long(maximum or 0), "min_length": too_short(minimum or 0)}
        super().__init__(
            max_length=maximum, min_length=minimum, trim_whitespace=False, error_messages=lengths, **options
        )
        if form:
            self.validators.append(OfForm(form))

    def to_internal_value(self, data: Any) -> str:
        if not isinstance(data, str) or not limits.storable(data):
            self.fail("invalid")
        if not (self.allow_blank or data.strip()):
            self.fail("blank")
        return data


class Username(Text):
    """A text that is normalized before it is checked."""

    def to_internal_value(self, data: Any) -> str:
        return normalize_username(super().to_internal_value(data))


class Number(serializers.IntegerField):
    """A whole number in a range, with one message for every error."""

    default_error_messages = {"invalid": INVALID, "min_value": INVALID, "max_value": INVALID}

    def to_internal_value(self, data: Any) -> int:
        try:
            return int(data)
        except ValueError:
            self.fail("invalid")


class TagList(serializers.ListField):
    default_error_messages = {"null": BLANK, "not_a_list": INVALID, "max_length": INVALID}
    child = Text(limits.TAG, form=limits.LINE_FORM)


class Incoming(serializers.Serializer[Any]):
    """A request. Surplus fields are ignored, and a value that is not an object counts as blank."""

    default_error_messages = {"required": BLANK, "null": BLANK, "invalid": BLANK}


class Envelope(Incoming):
    """A request body with one key, such as ``{"article": {...}}``. ``validated_data`` is the inner object."""

    def validate(self, attrs: Any) -> Any:
        (inside,) = attrs.values()
        return inside


class Partial(Incoming):
    """A nested serializer in which no field is required."""

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        for field in fields.values():
            field.required = False
        return fields


class NewUser(Incoming):
    username = Username(limits.USERNAME, form=limits.USERNAME_FORM)
    email = Text(limits.EMAIL, form=limits.EMAIL_FORM)
    password = Text(limits.PASSWORD, minimum=limits.PASSWORD_MIN)


class NewUserRequest(Envelope):
    user = NewUser()


class Login(Incoming):
    email = Text(limits.EMAIL, form=limits.EMAIL_FORM)
    password = Text(limits.PASSWORD)


class LoginRequest(Envelope):
    user = Login()


class UpdateUser(Partial, NewUser):
    bio = Text(limits.BIO, form=limits.TEXT_FORM, allow_blank=True, allow_null=True)
    image = Text(limits.IMAGE, allow_blank=True, allow_null=True)


class UpdateUserRequest(Envelope):
    user = UpdateUser()


class NewArticle(Incoming):
    title = Text(limits.TITLE, form=limits.LINE_FORM)
    description = Text(limits.DESCRIPTION, form=limits.LINE_FORM)
    body = Text(limits.BODY, form=limits.TEXT_FORM)
    tagList = TagList(source="tag_list", max_length=limits.TAGS, required=False)


class NewArticleRequest(Envelope):
    article = NewArticle()


class UpdateArticle(Partial, NewArticle):
    pass


class UpdateArticleRequest(Envelope):
    article = UpdateArticle()


class NewComment(Incoming):
    body = Text(limits.COMMENT, form=limits.TEXT_FORM)


class NewCommentRequest(Envelope):
    comment = NewComment()


class Page(Incoming):
    limit = Number(min_value=1, max_value=limits.PAGE_MAX, default=limits.PAGE_DEFAULT)
    offset = Number(min_value=0, max_value=limits.OFFSET_MAX, default=0)


class ArticleFilter(Page):
    tag = Text(allow_blank=True, required=False)
    author = Text(allow_blank=True, required=False)
    favorited = Text(allow_blank=True, required=False)


class Outgoing(serializers.Serializer[Any]):
    """A response."""


class Timestamp(serializers.DateTimeField):
    """A date and time, always with six digits after the second; the default format omits them when they are zero."""

    format = "%Y-%m-%dT%H:%M:%S.%fZ"


class Texts(serializers.ListField):
    child = serializers.CharField()


class User(Outgoing):
    username = serializers.CharField()
    email = serializers.CharField()
    bio = serializers.CharField(allow_null=True)
    image = serializers.CharField(allow_null=True)
    token = serializers.CharField()


class UserResponse(Outgoing):
    user = User()


class Profile(Outgoing):
    username = serializers.CharField()
    bio = serializers.CharField(allow_null=True)
    image = serializers.CharField(allow_null=True)
    following = serializers.BooleanField()


class ProfileResponse(Outgoing):
    profile = Profile()


class Preview(Outgoing):
    slug = serializers.CharField()
    title = serializers.CharField()
    description = serializers.CharField()
    tagList = Texts(source="tag_list")
    createdAt = Timestamp(source="created_at")
    updatedAt = Timestamp(source="updated_at")
    favorited = serializers.BooleanField()
    favoritesCount = serializers.IntegerField(source="favorites_count")
    author = Profile()


class Article(Preview):
    body = serializers.CharField()


class ArticleResponse(Outgoing):
    article = Article()


class ArticlesResponse(Outgoing):
    articles = Preview(many=True)
    articlesCount = serializers.IntegerField(source="articles_count")


class Comment(Outgoing):
    id = serializers.IntegerField()
    body = serializers.CharField()
    createdAt = Timestamp(source="created_at")
    updatedAt = Timestamp(source="updated_at")
    author = Profile()


class CommentResponse(Outgoing):
    comment = Comment()


class CommentsResponse(Outgoing):
    comments = Comment(many=True)


class TagsResponse(Outgoing):
    tags = Texts()


class Errors(Outgoing):
    errors = serializers.DictField(child=Texts())  # type: ignore[assignment] # the metaclass removes the field from the class


SCHEMAS: dict[str, type[Incoming] | type[Outgoing]] = {
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
"""The serializers, by the names that operations use."""

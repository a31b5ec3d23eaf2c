"""Django REST framework's serializers as its tutorial shows them.

It strips whitespace and accepts numbers as texts, because it was made for forms as well.
"""

from io import BytesIO
from typing import Any

from ....adapters.shared import django_settings  # noqa: F401 (its parsers read them when they are imported)

# isort: split
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.parsers import JSONParser

from ....conduit import limits
from ..inputs import Sent
from ..outcome import flatten


class Article(serializers.Serializer[Any]):
    title = serializers.CharField(max_length=limits.TITLE)
    description = serializers.CharField(max_length=limits.DESCRIPTION)
    body = serializers.CharField(max_length=limits.BODY)
    tagList = serializers.ListField(  # noqa: N815 (as on the wire: a serializer field has no alias)
        child=serializers.CharField(max_length=limits.TAG), max_length=limits.TAGS, required=False, source="tag_list"
    )


class NewArticle(serializers.Serializer[Any]):
    article = Article()


class User(serializers.Serializer[Any]):
    username = serializers.RegexField(limits.USERNAME_FORM, max_length=limits.USERNAME)
    email = serializers.EmailField(max_length=limits.EMAIL)
    password = serializers.CharField(min_length=limits.PASSWORD_MIN, max_length=limits.PASSWORD)


class NewUser(serializers.Serializer[Any]):
    user = User()


class Page(serializers.Serializer[Any]):
    limit = serializers.IntegerField(min_value=1, max_value=limits.PAGE_MAX, default=limits.PAGE_DEFAULT)
    offset = serializers.IntegerField(min_value=0, default=0)


SCHEMAS: dict[str, type[serializers.Serializer[Any]]] = {"NewArticle": NewArticle, "NewUser": NewUser, "Page": Page}

REFUSES = APIException


def load(name: str, sent: Sent) -> Any:
    """Load a body or a query."""
    data = JSONParser().parse(BytesIO(sent)) if isinstance(sent, bytes) else sent
    serializer = SCHEMAS[name](data=data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def read_error(error: APIException) -> Any:
    """Return the error as the library reports it."""
    return error.detail


def list_errors(error: APIException) -> list[str]:
    """Return one line for each error."""
    return flatten(error.detail)

"""Django REST framework's serializers as its tutorial writes them, and what they then say.

*In Django* this is it: ``JSONParser`` reads the body, ``serializer.is_valid(raise_exception=True)`` validates, and
``ValidationError.detail`` is a dictionary of lists, nested as the serializers are.

*Here* the same, outside of a Django project, with the settings that the application has too.

*What it costs*: it trims texts, and takes numbers for texts: it was made for forms, where everything is one.

*Next*: :mod:`assembly_required.lab.differences.docs`.
"""

from io import BytesIO
from typing import Any

from ....adapters.shared import djangosettings  # noqa: F401 (its parsers read them when they are imported)

# isort: split
from rest_framework import serializers
from rest_framework.exceptions import APIException
from rest_framework.parsers import JSONParser

from ....conduit import limits
from ..inputs import Sent
from ..said import paths


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
    """What the library makes of a body, or of a query."""
    data = JSONParser().parse(BytesIO(sent)) if isinstance(sent, bytes) else sent
    serializer = SCHEMAS[name](data=data)
    serializer.is_valid(raise_exception=True)
    return serializer.validated_data


def said(error: APIException) -> Any:
    """Its answer, as it gives it."""
    return error.detail


def lines(error: APIException) -> list[str]:
    """The same, a line for each mistake."""
    return paths(error.detail)

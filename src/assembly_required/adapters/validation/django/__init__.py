"""``validation = django``: the serializers of Django REST framework.

*In Django* a view calls ``serializer.is_valid(raise_exception=True)``, works with ``serializer.validated_data``, and
returns ``serializer.data``. An exception handler turns the ``ValidationError`` into a response.

*Here* the same calls run without a view. The error has all problems at once. Its ``detail`` has the structure of the
input, and each ``ErrorDetail`` is a text with a ``code``. The contract wants one level, so :func:`flat` flattens it.
The texts are ours, set by code in each field's ``error_messages``.

*What it costs*: Django REST framework and Django, both in pure Python. A serializer belongs to one request, so all its
fields are copied for each request. Because of this, loading an article takes six times as long as in marshmallow, and
a list of 20 articles twice as long. Responses are converted, not validated: a number in a text field is sent as a text.

*Next*: :mod:`assembly_required.adapters.validation.django.schemas`.
"""

from collections.abc import Iterator
from typing import Any

from flask import Flask
from rest_framework.exceptions import ValidationError

from ....conduit.errors import Invalid
from ....conduit.limits import INVALID
from ....stack.interfaces import Dumper, JSONSchemas, Loader, Validation
from ...shared import django_settings  # noqa: F401 (serializers read them when they are imported)
from .described import Described
from .schemas import SCHEMAS


class DjangoValidation:
    """Validate and serialize with Django REST framework."""

    schemas = SCHEMAS

    def loader(self, name: str) -> Loader:
        serializer_class = SCHEMAS[name]

        def load(data: Any) -> dict[str, Any]:
            serializer = serializer_class(data=data)
            try:
                serializer.is_valid(raise_exception=True)
            except ValidationError as error:
                raise self.refusal(error) from None
            fields: dict[str, Any] = serializer.validated_data
            return fields

        return load

    def dumper(self, name: str) -> Dumper:
        serializer_class = SCHEMAS[name]
        return lambda values: serializer_class(values).data

    def json_schemas(self) -> JSONSchemas:
        described = Described()
        for serializer in SCHEMAS.values():
            described.get_reference(serializer())
        return described.components

    def refusal(self, error: ValidationError) -> Invalid:
        errors: dict[str, list[str]] = {}
        for key, message in flat(error.detail):
            if message not in errors.setdefault(key, []):
                errors[key].append(message)
        return Invalid(errors)


def flat(details: Any, key: str = "", inside_list: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the innermost field and the text of each error. An error in an item of a list makes the list invalid.

    >>> list(flat({"article": {"title": ["can't be blank"], "tagList": {2: ["is too long"]}}}))
    [('title', "can't be blank"), ('tagList', 'is invalid')]
    >>> list(flat({"article": {"non_field_errors": ["can't be blank"]}}))
    [('article', "can't be blank")]
    """
    if isinstance(details, dict):
        for name, below in details.items():
            named = isinstance(name, str) and name != "non_field_errors"
            yield from flat(below, name if named else key, inside_list or isinstance(name, int))
    else:
        for detail in details:
            yield key, INVALID if inside_list else str(detail)


def build(app: Flask) -> Validation:
    """Return the adapter. It is the same for every app: a serializer is created for each request."""
    return DjangoValidation()

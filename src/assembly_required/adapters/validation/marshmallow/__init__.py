"""``validation = marshmallow``: classes with fields, which load requests and dump responses.

*In Django* a view calls ``serializer.is_valid()``, then reads ``serializer.validated_data`` or ``serializer.errors``.

*Here* ``schema.load`` returns the fields or raises a ``ValidationError`` with all errors at once. Its ``messages`` have
the structure of the input (``{"article": {"tagList": {2: [...]}}}``). The contract wants one level, so :func:`flat`
flattens them. The texts are ours: a field takes ``error_messages`` by key (``required``, ``null``, ``invalid``), and a
validator takes ``error``. ``schema.dump`` reads the attributes of dataclasses, also of nested ones.

*What it costs*: one package in pure Python. Dumping an article takes about 25 µs, the largest part of a list's time.

*Next*: :mod:`assembly_required.adapters.validation.marshmallow.schemas`.
"""

from collections.abc import Iterator
from typing import Any

from apispec import APISpec
from apispec.ext.marshmallow import MarshmallowPlugin
from flask import Flask
from marshmallow import ValidationError

from ....conduit.errors import Invalid
from ....conduit.limits import INVALID
from ....stack.interfaces import Dumper, JSONSchemas, Loader, Validation
from .schemas import SCHEMAS


class MarshmallowValidation:
    """Validate and serialize with marshmallow. A schema is created once, and used for every request."""

    schemas = SCHEMAS

    def loader(self, name: str) -> Loader:
        schema = SCHEMAS[name]()

        def load(data: Any) -> dict[str, Any]:
            try:
                loaded: dict[str, Any] = schema.load(data)
            except ValidationError as error:
                raise self.refusal(error) from None
            return loaded

        return load

    def dumper(self, name: str) -> Dumper:
        return SCHEMAS[name]().dump

    def json_schemas(self) -> JSONSchemas:
        spec = APISpec("Conduit", "1", "3.1.0", plugins=[MarshmallowPlugin()])
        for schema in SCHEMAS.values():
            spec.components.schema(schema.__name__, schema=schema)
        schemas: JSONSchemas = spec.components.schemas
        return schemas

    def refusal(self, error: ValidationError) -> Invalid:
        errors: dict[str, list[str]] = {}
        for key, message in flat(error.messages):
            if message not in errors.setdefault(key, []):
                errors[key].append(message)
        return Invalid(errors)


def flat(messages: Any, key: str = "", inside_list: bool = False) -> Iterator[tuple[str, str]]:
    """Yield the innermost field and the text of each message. An error in an item of a list makes the list invalid.

    >>> list(flat({"article": {"title": ["can't be blank"], "tagList": {2: ["is too long"]}}}))
    [('title', "can't be blank"), ('tagList', 'is invalid')]
    """
    if isinstance(messages, dict):
        for name, below in messages.items():
            named = isinstance(name, str) and name != "_schema"
            yield from flat(below, name if named else key, inside_list or isinstance(name, int))
    else:
        for message in messages:
            yield key, INVALID if inside_list else message


def build(app: Flask) -> Validation:
    """Return the adapter. It is the same for every app, because schemas have no state."""
    return MarshmallowValidation()

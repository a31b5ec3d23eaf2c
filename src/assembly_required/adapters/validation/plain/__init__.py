"""``validation = plain``: a table of fields, and thirty lines of code that apply it.

*In Django* a view without ``forms.Form``: ``request.POST.get("title", "").strip()`` and a list of errors.

*Here* a shape is a dictionary of fields. Each field can load a value and describe itself in JSON Schema. One function
for each kind of response builds its JSON. All errors are reported at once.

*What it costs*: no package, and it is the fastest option. Only this project tests the code, and each new kind of field
has to be written here.

*Next*: :mod:`assembly_required.adapters.validation.plain.fields`.
"""

from collections.abc import Mapping
from typing import Any

from flask import Flask

from ....conduit.errors import Invalid
from ....conduit.limits import BLANK
from ....stack.interfaces import Dumper, JSONSchemas, Loader, Validation
from .fields import Shape, load
from .schemas import ANSWERS, COMPONENTS, FIELDS, PAYLOADS, QUERIES


class PlainValidation:
    """Validate and serialize without a library."""

    schemas = {**PAYLOADS, **QUERIES, **ANSWERS}

    def loader(self, name: str) -> Loader:
        if name in QUERIES:
            shape = QUERIES[name]
            return lambda data: fields(shape, data)
        envelope, shape = PAYLOADS[name]
        return lambda data: fields(shape, opened(envelope, data))

    def dumper(self, name: str) -> Dumper:
        return ANSWERS[name]

    def json_schemas(self) -> JSONSchemas:
        return COMPONENTS

    def refusal(self, error: Invalid) -> Invalid:
        return error


def opened(envelope: str, data: Any) -> Mapping[str, Any]:
    """Unwrap ``{"article": {...}}``.

    :raises Invalid: the key is missing, or its value is not an object.
    """
    inside = data.get(envelope) if isinstance(data, dict) else None
    if not isinstance(inside, dict):
        raise Invalid({envelope: [BLANK]})
    return inside


def fields(shape: Shape, data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the client sent, by their names in Python.

    :raises Invalid: at least one field is not valid.
    """
    loaded, errors = load(shape, data)
    if errors:
        raise Invalid(errors)
    return {FIELDS.get(name, name): value for name, value in loaded.items()}


def build(app: Flask) -> Validation:
    """Return the adapter. It is the same for every app, because shapes have no state."""
    return PlainValidation()

"""``validation = plain``: a table of fields, and thirty lines that walk through it.

*In Django* a form without ``forms.Form``: ``request.POST.get("title", "").strip()`` and a list of errors.

*Here* a shape is a dictionary of fields, each field knows how to load one value and how to describe itself, and
what goes out is built by one function for each thing. All that is wrong is reported at once.

*What it costs*: no package, and the fastest of all. Nobody else has tried it, and every kind of field that is
wanted has to be thought of here.

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
    """Loading and dumping by hand."""

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
    """What is in the envelope.

    :raises Invalid: there is none, or no object in it.
    """
    inside = data.get(envelope) if isinstance(data, dict) else None
    if not isinstance(inside, dict):
        raise Invalid({envelope: [BLANK]})
    return inside


def fields(shape: Shape, data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were sent, by their names in Python.

    :raises Invalid: with everything that is wrong.
    """
    loaded, errors = load(shape, data)
    if errors:
        raise Invalid(errors)
    return {FIELDS.get(name, name): value for name, value in loaded.items()}


def build(app: Flask) -> Validation:
    """The same for every app: shapes hold no state."""
    return PlainValidation()

"""``validation = msgspec``: structs with type hints, converted in C.

*In Django* ``serializer.is_valid()`` and ``serializer.data``, with a field object for each value on the way.

*Here* ``msgspec.convert`` makes a struct out of parsed JSON, and on the way out a struct out of dataclasses, which
``msgspec.to_builtins`` turns into JSON values. It stops at the first mistake, so what was refused is looked at once
more, field by field. What it says is English text with a path: the one place that reads it is :func:`flat`.

*What it costs*: one compiled package without dependencies. It loads an article as fast as code by hand, and dumps a
list in a fifth of marshmallow's time. Of several mistakes in one text only the first is said. ``strict=False`` takes
``1e2`` for a whole number and refuses ``007``, so the numbers of a query are read by ``int``.

*Next*: :mod:`assembly_required.adapters.validation.msgspec.schemas`.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import msgspec
from flask import Flask
from msgspec import UNSET, ValidationError

from ....conduit.errors import Invalid
from ....conduit.limits import BLANK, INVALID, too_long, too_short
from ....stack.interfaces import Dumper, JSONSchemas, Loader, Validation
from .schemas import SCHEMAS, Incoming, Page, Timestamp, flaw

known = cache(msgspec.structs.fields)
"""The fields of a struct; to find them takes longer than to convert one."""


class MsgspecValidation:
    """Loading and dumping by msgspec."""

    schemas = SCHEMAS

    def loader(self, name: str) -> Loader:
        struct = SCHEMAS[name]
        if issubclass(struct, Page):
            return lambda data: fields(struct, numbered(data))
        (envelope,) = known(struct)
        return lambda data: fields(envelope.type, opened(envelope.name, data))

    def dumper(self, name: str) -> Dumper:
        struct = SCHEMAS[name]

        def dump(found: Mapping[str, Any]) -> Any:
            # As an object: the keys of a dict would have to be named as on the wire, attributes are not.
            answer = SimpleNamespace(**found)
            made = msgspec.convert(answer, struct, from_attributes=True, dec_hook=Timestamp.load)
            return msgspec.to_builtins(made, enc_hook=str)

        return dump

    def json_schemas(self) -> JSONSchemas:
        _, components = msgspec.json.schema_components(
            SCHEMAS.values(), schema_hook=Timestamp.describe, ref_template="#/components/schemas/{name}"
        )
        return components

    def refusal(self, error: ValidationError) -> Invalid:
        key, message = flat(str(error))
        return Invalid({key: [message]})


def opened(envelope: str, data: Any) -> Mapping[str, Any]:
    """What is in the envelope.

    :raises Invalid: there is none, or no object in it.
    """
    inside = data.get(envelope) if isinstance(data, dict) else None
    if not isinstance(inside, dict):
        raise Invalid({envelope: [BLANK]})
    return inside


def fields(struct: type[Incoming], data: Mapping[str, Any]) -> dict[str, Any]:
    """The fields that were sent, by their names in Python.

    :raises Invalid: with every field that is wrong.
    """
    try:
        loaded = msgspec.structs.asdict(msgspec.convert(data, struct))
    except (Invalid, ValidationError, UnicodeEncodeError):  # the last for a key, also a surplus one, with half a pair
        return one_by_one(struct, data)
    return {name: value for name, value in loaded.items() if value is not UNSET}


def one_by_one(struct: type[Incoming], data: Mapping[str, Any]) -> dict[str, Any]:
    """The same, slower: to find all that is wrong."""
    loaded: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for field in known(struct):
        if not (field.required or field.encode_name in data):
            continue
        value = data.get(field.encode_name)
        if wrong := flaw(value, blank=field.name in struct.blank):
            errors[field.encode_name] = [wrong]
            continue
        try:
            loaded[field.name] = msgspec.convert(value, field.type)
        except ValidationError as error:
            errors[field.encode_name] = [flat(str(error))[1]]
    if errors:
        raise Invalid(errors)
    return loaded


def numbered(query: Mapping[str, str]) -> dict[str, str | int]:
    """A query with its numbers as numbers; msgspec refuses what is none."""
    return {name: number(text) if name in Page.__struct_fields__ else text for name, text in query.items()}


def number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def flat(said: str) -> tuple[str, str]:
    """The innermost field of a mistake, and our words; whatever is wrong with an item of a list, the list is invalid.

    >>> flat("Expected `str` of length <= 200 - at `$.article.title`")
    ('title', 'is too long (maximum is 200 characters)')
    >>> flat("Object missing required field `title` - at `$.article`")
    ('title', "can't be blank")
    >>> flat("Expected `str`, got `null` - at `$.article.tagList[2]`")
    ('tagList', 'is invalid')
    """
    words, _, path = said.partition(" - at `$")
    missing = re.findall(r"missing required field `(\w+)`", words)
    key = ["body", *re.findall(r"\.(\w+)", path), *missing][-1]
    if "[" in path:
        return key, INVALID
    if length := re.fullmatch(r"Expected `str` of length ([<>])= (\d+)", words):
        limit = {"<": too_long, ">": too_short}[length[1]]
        return key, limit(int(length[2]))
    nothing = missing or words.endswith("got `null`") or words.startswith("Expected `object`")
    return key, BLANK if nothing else INVALID


def build(app: Flask) -> Validation:
    """The same for every app: structs hold no state."""
    return MsgspecValidation()

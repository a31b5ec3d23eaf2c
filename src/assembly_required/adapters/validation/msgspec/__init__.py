"""``validation = msgspec``: structs made from type hints, converted in C.

*In Django* a view calls ``serializer.is_valid()`` and returns ``serializer.data``, with a field object for each value.

*Here* ``msgspec.convert`` converts parsed JSON to a struct. For a response it converts the dataclasses to structs, and
``msgspec.to_builtins`` converts these to JSON values, which :class:`MsgspecJSON` writes. ``UNSET`` marks a field that
the client did not send. msgspec stops at the first error, so invalid input is converted once more, field by field, to
report the errors of all fields.

*What it costs*: one compiled package without dependencies. It loads an article as fast as handwritten code, and dumps
a list in a fifth of marshmallow's time. Only the first error of a text is reported. A ``ValidationError`` has no code
and no location, only an English message that ends in a path, so :func:`flat` has to parse that message.
``strict=False`` accepts ``1e2`` as a whole number and rejects ``007``, so query parameters are parsed by ``int``.
``msgspec.json.decode(data, type=...)`` would parse and convert in one step. It is not used here: it stops at the first
error before it knows whether the rest is JSON, and it rejects lone surrogates, which the contract reports per field.

*Next*: :mod:`assembly_required.adapters.validation.msgspec.schemas`.
"""

import re
from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import msgspec
from flask import Flask, Response
from msgspec import UNSET, ValidationError

from ....conduit.errors import Invalid
from ....conduit.limits import BLANK, INVALID, too_long, too_short
from ....conduit.names import normalize_username
from ....stack.interfaces import Dumper, JSONSchemas, Loader, Validation
from ....web.api.body import WireJSON
from .schemas import SCHEMAS, Incoming, Page, Timestamp, flaw


class MsgspecJSON(WireJSON):
    """Writes JSON responses with ``msgspec.json.encode``; everything else is written as on other stacks.

    Source: https://flask.palletsprojects.com/en/stable/api/#flask.json.provider.JSONProvider
    """

    def response(self, *args: Any, **kwargs: Any) -> Response:
        body = msgspec.json.encode(self._prepare_response_obj(args, kwargs), enc_hook=str)
        return Response(body, mimetype=self.mimetype)


known = cache(msgspec.structs.fields)
"""Return the fields of a struct. Cached, because this takes longer than a conversion."""


class MsgspecValidation:
    """Validate and serialize with msgspec."""

    schemas = SCHEMAS

    def loader(self, name: str) -> Loader:
        struct = SCHEMAS[name]
        if issubclass(struct, Page):
            return lambda data: fields(struct, numbered(data))
        (envelope,) = known(struct)
        return lambda data: fields(envelope.type, normalized(opened(envelope.name, data)))

    def dumper(self, name: str) -> Dumper:
        struct = SCHEMAS[name]

        def dump(values: Mapping[str, Any]) -> Any:
            # msgspec reads a dict by the names in JSON (articlesCount), and an object by those in Python.
            envelope = SimpleNamespace(**values)
            response = msgspec.convert(envelope, struct, from_attributes=True, dec_hook=Timestamp.load)
            return msgspec.to_builtins(response, enc_hook=str)

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
    """Unwrap ``{"article": {...}}``.

    :raises Invalid: the key is missing, or its value is not an object.
    """
    inside = data.get(envelope) if isinstance(data, dict) else None
    if not isinstance(inside, dict):
        raise Invalid({envelope: [BLANK]})
    return inside


def normalized(data: Mapping[str, Any]) -> Mapping[str, Any]:
    """Normalize a username. msgspec checks a text as it was sent, and has no step before that."""
    name = data.get("username")
    return {**data, "username": normalize_username(name)} if isinstance(name, str) else data


def fields(struct: type[Incoming], data: Mapping[str, Any]) -> dict[str, Any]:
    """Return the fields that the client sent, by their names in Python.

    :raises Invalid: at least one field is not valid.
    """
    try:
        loaded = msgspec.structs.asdict(msgspec.convert(data, struct))
    except (Invalid, ValidationError, UnicodeEncodeError):  # the last one for a key with a lone surrogate
        return one_by_one(struct, data)
    return {name: value for name, value in loaded.items() if value is not UNSET}


def one_by_one(struct: type[Incoming], data: Mapping[str, Any]) -> dict[str, Any]:
    """Do the same more slowly, one field after the other, to report the errors of all fields."""
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
    """Parse the numbers in a query. A text that is not a number stays, and msgspec rejects it."""
    return {name: number(text) if name in Page.__struct_fields__ else text for name, text in query.items()}


def number(text: str) -> int | str:
    try:
        return int(text)
    except ValueError:
        return text


def flat(text: str) -> tuple[str, str]:
    """Parse msgspec's message. Return the innermost field and the API's message.

    An error in an item of a list makes the list invalid.

    >>> flat("Expected `str` of length <= 200 - at `$.article.title`")
    ('title', 'is too long (maximum is 200 characters)')
    >>> flat("Object missing required field `title` - at `$.article`")
    ('title', "can't be blank")
    >>> flat("Expected `str`, got `null` - at `$.article.tagList[2]`")
    ('tagList', 'is invalid')
    """
    words, _, path = text.partition(" - at `$")
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
    """Return the adapter. It is the same for every app, because structs have no state."""
    app.json = MsgspecJSON(app)
    return MsgspecValidation()

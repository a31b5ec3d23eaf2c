"""What a type hint's annotation says about a value: each kind checks it, and describes it in JSON Schema."""

import re
from collections.abc import Iterable
from datetime import datetime
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from attrs import NOTHING, Attribute, fields, frozen, has

from assembly_required.conduit.limits import BLANK, INVALID, storable, too_long, too_short
from assembly_required.conduit.names import normalize_username

ABSENT: Any = object()
"""The default of a field that need not be sent; cattrs leaves defaults out again (``omit_if_default``)."""

Schema = dict[str, Any]


class Wrong(ValueError):
    """What is wrong with a value, in the words of the contract."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = messages


@frozen
class Text:
    """A text that a database can keep; ``blank`` says whether it may be empty, or nothing but white space."""

    longest: int | None = None
    shortest: int = 0
    form: str | None = None
    blank: bool = False

    def check(self, value: Any) -> str:
        if value is None:
            raise Wrong(BLANK)
        if not isinstance(value, str) or not storable(value):
            raise Wrong(INVALID)
        if not (self.blank or value.strip()):
            raise Wrong(BLANK)
        if wrong := [*self._length(len(value)), *self._form(value)]:
            raise Wrong(*wrong)
        return value

    def _length(self, length: int) -> Iterable[str]:
        if self.longest is not None and length > self.longest:
            yield too_long(self.longest)
        if length < self.shortest:
            yield too_short(self.shortest)

    def _form(self, value: str) -> Iterable[str]:
        if self.form and not re.fullmatch(self.form, value):
            yield INVALID

    def describe(self) -> Schema:
        shortest = self.shortest or (0 if self.blank else 1)
        limits = {"maxLength": self.longest, "minLength": shortest, "pattern": self.form}
        return {name: limit for name, limit in limits.items() if limit}


@frozen
class Name(Text):
    """A username: it is normalized before it is checked."""

    def check(self, value: Any) -> str:
        return super().check(normalize_username(value) if isinstance(value, str) else value)


@frozen
class AtMost:
    """A list with so many items; cattrs looks at the items."""

    items: int

    def check(self, value: Any) -> list[Any]:
        if value is None:
            raise Wrong(BLANK)
        if not isinstance(value, list) or len(value) > self.items:
            raise Wrong(INVALID)
        return value

    def describe(self) -> Schema:
        return {"maxItems": self.items}


@frozen
class Between:
    """A whole number, out of the text of a query."""

    least: int
    most: int

    def check(self, value: Any) -> int:
        try:
            number = int(value)
        except ValueError:
            raise Wrong(INVALID) from None
        if not self.least <= number <= self.most:
            raise Wrong(INVALID)
        return number

    def describe(self) -> Schema:
        return {"minimum": self.least, "maximum": self.most}


Rule = Text | AtMost | Between


def wire(name: str) -> str:
    """
    >>> wire("tag_list")
    'tagList'
    """
    first, *others = name.split("_")
    return first + "".join(map(str.title, others))


def rules(kind: Any) -> list[Rule]:
    """What the annotations of a type hint say."""
    return [each for each in getattr(kind, "__metadata__", ()) if isinstance(each, Rule)]


def described(shapes: Iterable[type]) -> dict[str, Schema]:
    """The JSON Schema of attrs classes, and of those inside them, by their names."""
    found: dict[str, Schema] = {}
    for shape in shapes:
        inside = [each.type for each in fields(shape)]
        inside += [argument for kind in inside for argument in get_args(kind)]
        found |= described(kind for kind in inside if isinstance(kind, type) and has(kind))
        found[shape.__name__] = _object(shape)
    return found


def _object(shape: type) -> Schema:
    known = fields(shape)
    schema: Schema = {
        "type": "object",
        "properties": {wire(each.name): _property(each) for each in known},
        "required": [wire(each.name) for each in known if each.default is NOTHING],
    }
    return schema | ({"additionalProperties": False} if getattr(shape, "complete", False) else {})


def _property(field: "Attribute[Any]") -> Schema:
    default = {} if field.default in (NOTHING, ABSENT) else {"default": field.default}
    return _type(field.type) | default


TYPES: dict[type, Schema] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    datetime: {"type": "string", "format": "date-time"},
}


def _type(kind: Any) -> Schema:
    origin, arguments = get_origin(kind), get_args(kind)
    if origin is Annotated:
        (rule,) = rules(kind)
        return _type(arguments[0]) | rule.describe()
    if origin in (UnionType, Union):
        (some,) = [each for each in arguments if each is not NoneType]
        schema = _type(some)
        return schema | {"type": [schema["type"], "null"]}
    if origin is list:
        return {"type": "array", "items": _type(arguments[0])}
    if origin is dict:
        return {"type": "object", "additionalProperties": _type(arguments[1])}
    return TYPES.get(kind, {"$ref": f"#/components/schemas/{kind.__name__}"})

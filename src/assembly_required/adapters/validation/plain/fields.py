"""Kinds of fields: each loads one value, or says what is wrong with it, and describes itself as JSON Schema.

*In Django* ``forms.CharField`` with ``clean()``.

*Here* three kinds are enough for the blog: texts, lists of texts, whole numbers.

*What it costs*: what a library has learnt from many users (dates, decimals, unions) is not here.

*Next*: :mod:`assembly_required.adapters.validation.plain.schemas`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....conduit.limits import BLANK, INVALID, storable, too_long, too_short

Schema = dict[str, Any]


class Wrong(Exception):
    """What is wrong with a value, in the words of the contract."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = list(messages)


@dataclass(frozen=True)
class Text:
    """A text that a database can keep.

    :param maximum: how many characters it may have at most.
    :param minimum: and at least.
    :param form: a regular expression for the whole of it.
    :param blank: whether it may be empty, or nothing but white space.
    :param null: whether it may be null.
    """

    maximum: int | None = None
    minimum: int = 0
    form: str | None = None
    blank: bool = False
    null: bool = False
    required: bool = False

    def load(self, value: Any) -> str | None:
        if value is None and self.null:
            return None
        if value is None:
            raise Wrong(BLANK)
        if not isinstance(value, str) or not storable(value):
            raise Wrong(INVALID)
        if not (self.blank or value.strip()):
            raise Wrong(BLANK)
        if problems := self._problems(value):
            raise Wrong(*problems)
        return value

    def _problems(self, value: str) -> list[str]:
        found = [too_long(self.maximum)] if self.maximum is not None and len(value) > self.maximum else []
        found += [too_short(self.minimum)] if len(value) < self.minimum else []
        return found + ([INVALID] if self.form and not re.fullmatch(self.form, value) else [])

    def schema(self) -> Schema:
        described: Schema = {"type": ["string", "null"] if self.null else "string"}
        limits = {"maxLength": self.maximum, "minLength": self.minimum or None, "pattern": self.form}
        return described | {name: value for name, value in limits.items() if value is not None}


@dataclass(frozen=True)
class Texts:
    """A list of texts; whatever is wrong with one of them, the list is invalid.

    :param item: what each of them is.
    :param maximum: how many there may be at most.
    """

    item: Text
    maximum: int
    required: bool = False

    def load(self, value: Any) -> list[str | None]:
        if value is None:
            raise Wrong(BLANK)
        if not isinstance(value, list) or len(value) > self.maximum:
            raise Wrong(INVALID)
        try:
            return [self.item.load(each) for each in value]
        except Wrong:
            raise Wrong(INVALID) from None

    def schema(self) -> Schema:
        return {"type": "array", "items": self.item.schema(), "maxItems": self.maximum}


@dataclass(frozen=True)
class Number:
    """A whole number out of a query string.

    :param default: what it is when it is absent.
    """

    minimum: int
    maximum: int
    default: int
    required: bool = False

    def load(self, value: Any) -> int:
        try:
            number = int(value)
        except ValueError:
            raise Wrong(INVALID) from None
        if not self.minimum <= number <= self.maximum:
            raise Wrong(INVALID)
        return number

    def schema(self) -> Schema:
        return {"type": "integer", "minimum": self.minimum, "maximum": self.maximum, "default": self.default}


Field = Text | Texts | Number
Shape = Mapping[str, Field]


def load(shape: Shape, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, list[str]]]:
    """The fields of an object that were sent, and what is wrong with the others; surplus fields are dropped."""
    loaded: dict[str, Any] = {}
    errors: dict[str, list[str]] = {}
    for name, field in shape.items():
        if name not in data:
            if field.required:
                errors[name] = [BLANK]
            continue
        try:
            loaded[name] = field.load(data[name])
        except Wrong as wrong:
            errors[name] = wrong.messages
    return loaded, errors


def describe(shape: Shape) -> Schema:
    """An object of this shape in JSON Schema."""
    described: Schema = {"type": "object", "properties": {name: field.schema() for name, field in shape.items()}}
    required = sorted(name for name, field in shape.items() if field.required)
    return described | ({"required": required} if required else {})

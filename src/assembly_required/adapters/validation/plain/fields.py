"""The kinds of fields. Each one validates a value and describes itself in JSON Schema.

*In Django* ``forms.CharField`` with ``clean()``.

*Here* the blog needs three kinds: texts, lists of texts, and whole numbers.

*What it costs*: the other kinds that a library offers, such as dates, decimals and unions, are missing.

*Next*: :mod:`assembly_required.adapters.validation.plain.schemas`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ....conduit.limits import BLANK, INVALID, storable, too_long, too_short
from ....conduit.names import normalize_username

Schema = dict[str, Any]


class Wrong(Exception):
    """A value is not valid. ``messages`` are those of the contract."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = list(messages)


@dataclass(frozen=True)
class Text:
    """A text that every database can store.

    :param maximum: the maximum length in characters.
    :param minimum: the minimum length in characters.
    :param form: a regular expression that the whole text must match.
    :param blank: whether the text may be empty or only white space.
    :param null: whether the value may be null.
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
        messages = [too_long(self.maximum)] if self.maximum is not None and len(value) > self.maximum else []
        messages += [too_short(self.minimum)] if len(value) < self.minimum else []
        return messages + ([INVALID] if self.form and not re.fullmatch(self.form, value) else [])

    def schema(self) -> Schema:
        schema: Schema = {"type": ["string", "null"] if self.null else "string"}
        shortest = self.minimum or (None if self.blank else 1)
        limits = {"maxLength": self.maximum, "minLength": shortest, "pattern": self.form}
        return schema | {name: value for name, value in limits.items() if value is not None}


class Username(Text):
    """A text that is normalized before it is checked."""

    def load(self, value: Any) -> str | None:
        return super().load(normalize_username(value) if isinstance(value, str) else value)


@dataclass(frozen=True)
class Texts:
    """A list of texts. An error in one of them makes the list invalid.

    :param item: the kind of the texts.
    :param maximum: the maximum number of texts.
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
    """A whole number in a query string.

    :param default: the value that the OpenAPI document gives for an absent parameter.
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
    """Return the valid fields that were sent, and the errors of the others. Surplus fields are ignored."""
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
    """Describe an object of this shape in JSON Schema."""
    schema: Schema = {"type": "object", "properties": {name: field.schema() for name, field in shape.items()}}
    required = sorted(name for name, field in shape.items() if field.required)
    return schema | ({"required": required} if required else {})

"""The kinds of fields, and a field with a value.

*In Django* ``forms.Field`` with ``clean()``, ``forms.Widget`` with ``render()``, and ``BoundField`` for both.

*Here* a kind validates a value and renders it. An entry is a field with its value and errors. ``markupsafe`` builds the
HTML and escapes every value.

*What it costs*: there are no fields for numbers, dates, files and choices.

*Next*: :mod:`assembly_required.adapters.forms.plain.definitions`.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from markupsafe import Markup
from werkzeug.datastructures import MultiDict

from ....conduit.limits import BLANK, INVALID, TAGS, TAGS_WRONG, is_tag, storable, too_long, too_short
from ....conduit.names import normalize_username


class Refused(Exception):
    """A value is not valid. ``messages`` are those of the contract."""

    def __init__(self, *messages: str) -> None:
        super().__init__(*messages)
        self.messages = list(messages)


@dataclass(frozen=True)
class Text:
    """A text of one line.

    :param label: the label on the page.
    :param maximum: the maximum length in characters.
    :param minimum: the minimum length in characters.
    :param form: a regular expression that the whole text must match.
    :param blank: whether the text may be empty.
    :param attributes: more attributes of the input element.
    """

    label: str
    maximum: int
    minimum: int = 0
    form: str | None = None
    blank: bool = False
    attributes: dict[str, str | int] = field(default_factory=dict)

    def take(self, name: str, sent: MultiDict[str, str]) -> str:
        return sent.get(name, "")

    def clean(self, value: str) -> str:
        if not value.strip():
            if self.blank:
                return ""
            raise Refused(BLANK)
        if not storable(value):
            raise Refused(INVALID)
        problems = [too_long(self.maximum)] if len(value) > self.maximum else []
        problems += [too_short(self.minimum)] if len(value) < self.minimum else []
        problems += [INVALID] if self.form and not re.fullmatch(self.form, value) else []
        if problems:
            raise Refused(*problems)
        return value

    def draw(self, attributes: Markup, value: str | None) -> Markup:
        return Markup('<input{} value="{}">').format(attributes, value or "")


class Username(Text):
    """A text that is normalized before it is checked."""

    def clean(self, value: str) -> str:
        return super().clean(normalize_username(value))


class LongText(Text):
    """A text of several lines."""

    def draw(self, attributes: Markup, value: str | None) -> Markup:
        # HTML parsers drop one newline after the tag, which would otherwise be the first character of the text.
        return Markup("<textarea{}>\n{}</textarea>").format(attributes, value or "")


class Password(Text):
    """A text that is not shown, and not filled in again after an error."""

    def draw(self, attributes: Markup, value: str | None) -> Markup:
        return Markup('<input{} type="password">').format(attributes)


@dataclass(frozen=True)
class Tick:
    """A checkbox."""

    label: str
    attributes: dict[str, str | int] = field(default_factory=dict)

    def take(self, name: str, sent: MultiDict[str, str]) -> bool:
        return name in sent

    def clean(self, value: bool) -> bool:
        return value

    def draw(self, attributes: Markup, value: bool | None) -> Markup:
        return Markup('<input{} type="checkbox"{}>').format(attributes, Markup(" checked") if value else "")


@dataclass(frozen=True)
class Tags:
    """Any number of tags, each a hidden field of the same name."""

    label: str
    attributes: dict[str, str | int] = field(default_factory=dict)

    def take(self, name: str, sent: MultiDict[str, str]) -> list[str]:
        return sent.getlist(name)

    def clean(self, value: list[str]) -> list[str]:
        if len(value) > TAGS or not all(map(is_tag, value)):
            raise Refused(TAGS_WRONG)
        return value

    def draw(self, attributes: Markup, value: list[str] | None) -> Markup:
        drawn = (Markup('<input{} type="hidden" value="{}">').format(attributes, tag) for tag in value or [])
        return Markup("").join(drawn)


Kind = Text | Tick | Tags


@dataclass
class Entry:
    """A field with a value.

    :param name: the name in the request.
    :param kind: the kind of field.
    :param value: the initial or submitted value.
    """

    name: str
    kind: Kind
    value: Any
    errors: list[str] = field(default_factory=list)

    @property
    def label(self) -> str:
        return self.kind.label

    @property
    def control(self) -> Markup:
        attributes: dict[str, Any] = {"id": self.name, "name": self.name, **self.kind.attributes}
        if self.errors:
            attributes |= {"aria-invalid": "true", "aria-describedby": f"{self.name}-errors"}
        drawn = (Markup(' {}="{}"').format(name, value) for name, value in attributes.items())
        return self.kind.draw(Markup("").join(drawn), self.value)

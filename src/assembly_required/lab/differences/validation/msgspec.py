"""msgspec as its documentation writes it, and what it then says.

*In Django* forms take this part, and each field brings its own words.

*Here* ``msgspec.json.decode(text, type=...)`` parses and validates in one pass; ``str(error)`` is one sentence with a
path. A text that is not JSON is a ``DecodeError``, one that is not UTF-8 no error of msgspec's at all.

*What it costs*: it stops at the first mistake.

*Next*: :mod:`assembly_required.lab.differences.validation.django`.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from ....conduit import limits
from ..inputs import Sent


class Article(Struct, rename="camel"):
    title: Annotated[str, Meta(max_length=limits.TITLE)]
    description: Annotated[str, Meta(max_length=limits.DESCRIPTION)]
    body: Annotated[str, Meta(max_length=limits.BODY)]
    tag_list: Annotated[list[Annotated[str, Meta(max_length=limits.TAG)]], Meta(max_length=limits.TAGS)] = []


class NewArticle(Struct):
    article: Article


class User(Struct):
    username: Annotated[str, Meta(max_length=limits.USERNAME, pattern=limits.USERNAME_FORM)]
    email: Annotated[str, Meta(max_length=limits.EMAIL, pattern=limits.EMAIL_FORM)]
    password: Annotated[str, Meta(min_length=limits.PASSWORD_MIN, max_length=limits.PASSWORD)]


class NewUser(Struct):
    user: User


class Page(Struct):
    limit: Annotated[int, Meta(ge=1, le=limits.PAGE_MAX)] = limits.PAGE_DEFAULT
    offset: Annotated[int, Meta(ge=0)] = 0


SCHEMAS: dict[str, type[Struct]] = {"NewArticle": NewArticle, "NewUser": NewUser, "Page": Page}

REFUSES = msgspec.DecodeError


def load(name: str, sent: Sent) -> Any:
    """What the library makes of a body, or of a query."""
    struct = SCHEMAS[name]
    if isinstance(sent, bytes):
        made = msgspec.json.decode(sent, type=struct)
    else:
        made = msgspec.convert(sent, struct, strict=False)
    # The names as they are in Python: to_builtins writes them as on the wire.
    loaded = msgspec.structs.asdict(made)
    return {key: msgspec.structs.asdict(each) if isinstance(each, Struct) else each for key, each in loaded.items()}


def said(error: msgspec.DecodeError) -> Any:
    """Its answer, as it gives it."""
    return str(error)


def lines(error: msgspec.DecodeError) -> list[str]:
    """The same, a line for each mistake."""
    return [str(error)]

"""msgspec as its documentation shows it.

``msgspec.json.decode(text, type=...)`` parses and validates in one pass. It stops at the first error, and
``str(error)`` is one sentence with a path. A body that is not UTF-8 raises a built-in exception.
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
    """Load a body or a query."""
    struct = SCHEMAS[name]
    if isinstance(sent, bytes):
        struct_value = msgspec.json.decode(sent, type=struct)
    else:
        struct_value = msgspec.convert(sent, struct, strict=False)
    # asdict keeps the Python names; to_builtins would use the JSON names.
    loaded = msgspec.structs.asdict(struct_value)
    return {key: msgspec.structs.asdict(each) if isinstance(each, Struct) else each for key, each in loaded.items()}


def read_error(error: msgspec.DecodeError) -> Any:
    """Return the error as the library reports it."""
    return str(error)


def list_errors(error: msgspec.DecodeError) -> list[str]:
    """Return one line for each error."""
    return [str(error)]

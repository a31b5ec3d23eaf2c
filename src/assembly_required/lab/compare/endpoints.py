"""The six requests to measure, and the comparison of responses.

They are two lists, one article, a user, a new comment and the tags. The tag, article and user come from the middle of
the data, neither the most popular nor the least.
"""

import json
import reprlib
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ...conduit.limits import PAGE_DEFAULT

VARYING = ("token", "id", "createdAt", "updatedAt")
"""Keys whose values differ each time something new is created."""

MISSING = object()
"""The value of a key that only the other response has."""

TAGS = """
    SELECT tags.name FROM tags JOIN article_tags ON article_tags.tag_id = tags.id
    GROUP BY tags.id ORDER BY count(*), tags.name
"""
SLUGS = "SELECT slug FROM articles ORDER BY id"


class Different(Exception):
    """Two candidates give different responses, so their times cannot be compared."""


@dataclass(frozen=True)
class Endpoint:
    """One request to measure.

    :param name: a short name for the report.
    :param signed_in: whether to send a token.
    :param body: the body to send.
    :param fresh: whether the response is about a new object, with a new id and new times.
    """

    name: str
    method: str
    url: str
    signed_in: bool = False
    body: bytes = b""
    fresh: bool = False


def endpoints(database: Path, page: int | None = None) -> list[Endpoint]:
    """Return the requests for a seeded database. The one that writes is last, so that all read the same rows."""
    with closing(sqlite3.connect(database)) as connection:
        tag, slug = _middle(connection, TAGS), _middle(connection, SLUGS)
    article = f"/api/articles/{quote(slug)}"
    offset = f"/api/articles?offset={((page or 1) - 1) * PAGE_DEFAULT}"
    return [
        Endpoint("list", "GET", "/api/articles"),
        *([Endpoint(f"page {page}", "GET", offset)] if page else []),
        Endpoint("by tag", "GET", f"/api/articles?tag={quote(tag)}"),
        Endpoint("article", "GET", article),
        Endpoint("user", "GET", "/api/user", signed_in=True),
        Endpoint("tags", "GET", "/api/tags"),
        Endpoint("comment", "POST", f"{article}/comments", True, b'{"comment": {"body": "Well said."}}', fresh=True),
    ]


def _middle(connection: sqlite3.Connection, query: str) -> Any:
    rows = connection.execute(query).fetchall()
    return rows[len(rows) // 2][0]


def read_answer(endpoint: Endpoint, status: str, body: str) -> Any:
    """Return the status and the JSON values of a response, without the values that differ each time."""
    try:
        values = json.loads(body)
    except ValueError:
        values = body[:200]
    varying = VARYING if endpoint.fresh else ("token",)
    return {"status": status.partition(" ")[0], "body": _without(values, varying)}


def _without(value: Any, varying: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {key: "..." if key in varying else _without(inside, varying) for key, inside in value.items()}
    if isinstance(value, list):
        return [_without(inside, varying) for inside in value]
    return value


def differences(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Yield a sentence for each place where two values differ.

    >>> list(differences({"tags": ["a", "b"]}, {"tags": ["a", "c"]}))
    ["tags[1] is 'c', not 'b'"]
    """
    if isinstance(one, dict) and isinstance(other, dict):
        for key in [*one, *(key for key in other if key not in one)]:
            yield from differences(one.get(key, MISSING), other.get(key, MISSING), f"{where}.{key}".lstrip("."))
    elif isinstance(one, list) and isinstance(other, list):
        if len(one) != len(other):
            yield f"{where} has {len(other)} items, not {len(one)}"
        for index, (left, right) in enumerate(zip(one, other, strict=False)):
            yield from differences(left, right, f"{where}[{index}]")
    elif one != other or type(one) is not type(other):
        yield f"{where} is {_format(other)}, not {_format(one)}"


def _format(value: Any) -> str:
    return "missing" if value is MISSING else reprlib.repr(value)

"""The six requests that are measured, and when two answers count as the same.

*In Django* a benchmark often is the view that returns "Hello": it measures the framework and nothing that one builds
with it.

*Here* they are what a blog is asked all day: two lists, one article, a user, a comment to write, the tags. What they
name is taken from the middle of the data, neither the most popular nor the emptiest.

*What it costs*: whoever writes a baseline has to write six endpoints, and they must be right: bodies are compared
before anything is timed.

*Next*: :mod:`assembly_required.lab.compare.data`.
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
from .wsgi import Prepared, WSGIApp, call

VARYING = ("token", "id", "createdAt", "updatedAt")
"""Keys whose values differ from answer to answer of what is made anew."""

MISSING = object()
"""Stands for a key that only the other answer has."""

TAGS = """
    SELECT tags.name FROM tags JOIN article_tags ON article_tags.tag_id = tags.id
    GROUP BY tags.id ORDER BY count(*), tags.name
"""
SLUGS = "SELECT slug FROM articles ORDER BY id"
USERS = "SELECT id FROM users ORDER BY id"


class Different(Exception):
    """Two candidates do not answer alike, so that comparing their times would mean nothing."""


@dataclass(frozen=True)
class Endpoint:
    """One of the requests.

    :param name: in a word or two, for the report.
    :param signed_in: whether a token comes along.
    :param body: what is sent.
    :param fresh: whether the answer is about something new, with an id and times of its own.
    """

    name: str
    method: str
    url: str
    signed_in: bool = False
    body: bytes = b""
    fresh: bool = False

    def prepared(self, token: str) -> Prepared:
        """This request, as the bearer of a token sends it."""
        return Prepared(self.method, self.url, token if self.signed_in else None, self.body)


def endpoints(database: Path, page: int | None = None) -> list[Endpoint]:
    """The requests for a database that is filled; writing comes last, so that all read the same rows."""
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


def caller(database: Path) -> int:
    """The id of the user who calls."""
    with closing(sqlite3.connect(database)) as connection:
        return int(_middle(connection, USERS))


def _middle(connection: sqlite3.Connection, query: str) -> Any:
    rows = connection.execute(query).fetchall()
    return rows[len(rows) // 2][0]


def answer(app: WSGIApp, endpoint: Endpoint, token: str) -> Any:
    """The status and the values of an answer, without what differs each time."""
    status, body = call(app, endpoint.prepared(token).environ())
    try:
        values = json.loads(body)
    except ValueError:
        values = body.decode(errors="replace")[:200]
    varying = VARYING if endpoint.fresh else ("token",)
    return {"status": status.partition(" ")[0], "body": _without(values, varying)}


def _without(value: Any, varying: tuple[str, ...]) -> Any:
    if isinstance(value, dict):
        return {key: "..." if key in varying else _without(inside, varying) for key, inside in value.items()}
    if isinstance(value, list):
        return [_without(inside, varying) for inside in value]
    return value


def differences(one: Any, other: Any, where: str = "") -> Iterator[str]:
    """Each place in which two values differ, as a sentence.

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
        yield f"{where} is {_shown(other)}, not {_shown(one)}"


def _shown(value: Any) -> str:
    return "missing" if value is MISSING else reprlib.repr(value)

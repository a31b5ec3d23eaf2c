"""The inputs that every library gets: one of each kind in section 1.8 of the contract.

They are bytes and query strings, as a request carries them. ``contract/test_bad_input.py`` sends many more.
"""

import json
from dataclasses import dataclass
from typing import Any

from ...conduit import limits

JSON = "application/json"

Sent = bytes | dict[str, str]

ON_THE_WIRE = {"tag_list": "tagList"}
"""The JSON name of each field whose Python name differs."""

ROUTES = {"NewArticle": ("POST", "/articles"), "NewUser": ("POST", "/users"), "Page": ("GET", "/articles")}


@dataclass(frozen=True)
class Input:
    """An input to send.

    :param name: what is wrong with it.
    :param schema: the schema it is loaded with.
    :param sent: the body, or the query arguments.
    :param field: the field to show if the input is accepted.
    :param kind: the content type of the body.
    :param route: the method and path, if they differ from those of the schema.
    """

    name: str
    schema: str
    sent: Sent
    field: str = ""
    kind: str = JSON
    route: tuple[str, str] | None = None

    def request(self, prefix: str = "") -> dict[str, Any]:
        """Return the arguments for ``open`` of a test client."""
        method, path = self.route or ROUTES[self.schema]
        if isinstance(self.sent, bytes):
            return {"method": method, "path": prefix + path, "data": self.sent, "content_type": self.kind}
        return {"method": method, "path": prefix + path, "query_string": self.sent}

    @property
    def text(self) -> str:
        """The input as readable text.

        >>> query("-", limit="0").text
        '?limit=0'
        """
        if isinstance(self.sent, bytes):
            return self.sent.decode(errors="backslashreplace")
        return "?" + "&".join(f"{name}={value}" for name, value in self.sent.items())


ARTICLE = {"title": "T", "description": "D", "body": "B"}
USER = {"username": "eve", "email": "eve@example.com", "password": "correct horse"}


def article(name: str, field: str = "", **fields: Any) -> Input:
    """Create an input for an article with some fields changed."""
    return body(name, {"article": {**ARTICLE, **fields}}, "NewArticle", field or next(iter(fields)))


def user(name: str, **fields: Any) -> Input:
    """Create an input for a user with some fields changed."""
    return body(name, {"user": {**USER, **fields}}, "NewUser", next(iter(fields)))


def body(name: str, value: Any, schema: str = "NewArticle", field: str = "") -> Input:
    """Create an input with a JSON body."""
    return Input(name, schema, json.dumps(value).encode(), field)


def query(name: str, **arguments: str) -> Input:
    """Create an input with a query string."""
    return Input(name, "Page", arguments, next(iter(arguments)))


def text(name: str, text: str, encoding: str = "utf-8") -> Input:
    """Create an input with any text as its body."""
    return Input(name, "NewArticle", text.encode(encoding), "title")


ACCENTED = '{"article": {"title": "é", "description": "D", "body": "B"}}'

INPUTS = (
    text("malformed JSON", '{"article": '),
    text("no body", ""),
    text("JSON in Latin-1", ACCENTED, "latin-1"),
    text("JSON in UTF-16", ACCENTED, "utf-16"),
    text("NaN", '{"article": {"title": NaN, "description": "D", "body": "B"}}'),
    body("no envelope", {}),
    body("an envelope that is null", {"article": None}),
    body("an envelope that is a list", {"article": []}),
    body("a list instead of an object", []),
    body("no title", {"article": {"description": "D", "body": "B"}}, field="title"),
    body("nothing in the envelope", {"article": {}}, field="title"),
    article("a title that is null", title=None),
    article("an empty title", title=""),
    article("a title of whitespace", title=" \t"),
    article("whitespace around a title", title=" T "),
    article("a title that is a number", title=1),
    article("a title that is true", title=True),
    article("a title that is a list", title=["T"]),
    article("a title that is an object", title={"T": 1}),
    article("a title that is too long", title="x" * (limits.TITLE + 1)),
    article("NUL in a title", title="a\0b"),
    article("half of a UTF-16 pair", title="\ud800"),
    article("a control character in a title", title="a\x1bb"),
    article("tags that are a text", field="tag_list", tagList="flask"),
    article("tags that are null", field="tag_list", tagList=None),
    article("a tag that is a number", field="tag_list", tagList=[1]),
    article("an empty tag", field="tag_list", tagList=["a", ""]),
    article("a tag that is too long", field="tag_list", tagList=["x" * (limits.TAG + 1)]),
    article("too many tags", field="tag_list", tagList=[f"t{number}" for number in range(limits.TAGS + 1)]),
    article("tags by their name in Python", tag_list=["a"]),
    article("a field too many", slug="mine"),
    user("an email that is not one", email="nonsense"),
    user("a newline after an email", email="eve@example.com\n"),
    user("an email of another alphabet", email="é@example.com"),
    user("a slash in a username", username="a/b"),
    user("a ligature in a username", username="ﬁa"),
    user("an invisible character in a username", username="ad\u200bmin"),
    user("a password that is too short", password="1234567"),  # noqa: S106
    user("three mistakes at once", username="", email="nonsense", password="short"),  # noqa: S106
    query("a limit of 0", limit="0"),
    query("a limit that is too high", limit="101"),
    query("a limit that is not a number", limit="x"),
    query("a limit with a point", limit="5.0"),
    query("an empty limit", limit=""),
    query("an offset below 0", offset="-1"),
    query("an unknown argument", limit="5", colour="red"),
)
"""The inputs for validation libraries. The contract accepts some that libraries reject."""

OVER_HTTP = (
    *INPUTS,
    Input("a body of another content type", "NewArticle", json.dumps({"article": ARTICLE}).encode(), kind="text/plain"),
    Input("a route that does not exist", "NewArticle", b"{}", route=("POST", "/nothing")),
    Input("a method that is not allowed", "NewArticle", b"{}", route=("DELETE", "/articles")),
)
"""The inputs for libraries that respond to requests themselves."""

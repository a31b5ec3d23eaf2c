"""The requests that the form of every library gets."""

from typing import Literal, NamedTuple

Token = Literal["right", "missing", "wrong"]

VALID = {"title": ["T"], "body": ["B"], "tags": ["a"]}


class Request(NamedTuple):
    """A form that is sent.

    :param name: what is wrong with it.
    :param detail: the field that is sent, as readable text.
    :param field: the field whose value is of interest.
    :param values: what is sent for this field, in place of a valid value.
    :param token: which CSRF token comes with it.
    """

    name: str
    detail: str
    field: str
    values: list[str]
    token: Token = "right"


def request(name: str, field: str, *values: str, token: Token = "right") -> Request:
    """Create a request with other values for one field.

    >>> request("a tag twice", "tags", "a", "b").detail
    'tags=a&tags=b'
    """
    shown = "&".join(f"{field}={value[:20].encode('unicode_escape').decode()}" for value in values)
    return Request(name, shown or f"no {field}", field, [*values], token)


REQUESTS = (
    request("nothing wrong", "title", "T"),
    request("a blank title", "title", ""),
    request("a title of whitespace", "title", " \t"),
    request("no title", "title"),
    request("whitespace around a title", "title", " T "),
    request("a title that is too long", "title", "x" * 81),
    request("no CSRF token", "title", "T", token="missing"),  # noqa: S106 - which token is sent
    request("a wrong CSRF token", "title", "T", token="wrong"),  # noqa: S106
    request("a field twice", "title", "T", "U"),
    request("a field for a list twice", "tags", "a", "b,c"),
    request("HTML in a value that is shown again", "tags", "<script>\"'&" + "x" * 20),
    request("NUL in a title", "title", "a\0b"),
    request("a control character in a title", "title", "a\x1bb"),
    request("a line end in a title", "title", "a\r\nb"),
    request("letters outside of ASCII", "title", "é 🎉 e\u0301"),
    request("a direction mark in a title", "title", "a\u202eb"),
)

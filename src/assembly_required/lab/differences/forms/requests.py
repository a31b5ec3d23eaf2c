"""The requests that the form of every library gets."""

from typing import Literal, NamedTuple

Token = Literal["right", "missing", "wrong"]

SHOWN = 30
"""Characters of a value that the table shows."""

VALID = {"title": ["T"], "body": ["B"], "tags": ["a"]}


class Request(NamedTuple):
    """A form that is sent.

    :param name: what is wrong with it.
    :param detail: the field that is sent, as readable text.
    :param field: the field whose value is of interest.
    :param values: what is sent for this field, in place of a valid value.
    :param csrf: which CSRF token comes with it.
    """

    name: str
    detail: str
    field: str
    values: list[str]
    csrf: Token = "right"


def request(name: str, field: str, *values: str, csrf: Token = "right") -> Request:
    """Create a request with other values for one field.

    >>> request("a tag twice", "tags", "a", "b").detail
    'tags=a&tags=b'
    """
    short = [value if len(value) <= SHOWN else f"{value[:SHOWN]}..." for value in values]
    shown = "&".join(f"{field}={value.encode('unicode_escape').decode()}" for value in short)
    return Request(name, shown or f"no {field}", field, [*values], csrf)


REQUESTS = (
    request("nothing wrong", "title", "T"),
    request("a blank title", "title", ""),
    request("a title of whitespace", "title", " \t"),
    request("no title", "title"),
    request("whitespace around a title", "title", " T "),
    request("a title that is too long", "title", "x" * 81),
    request("no CSRF token", "title", "T", csrf="missing"),
    request("a wrong CSRF token", "title", "T", csrf="wrong"),
    request("a field twice", "title", "T", "U"),
    request("a field for a list twice", "tags", "a", "b,c"),
    request("HTML in a value that is shown again", "tags", "<script>\"'&" + "x" * 20),
    request("NUL in a title", "title", "a\0b"),
    request("a control character in a title", "title", "a\x1bb"),
    request("a line end in a title", "title", "a\r\nb"),
    request("letters outside of ASCII", "title", "é 🎉 e\u0301"),
    request("a direction mark in a title", "title", "a\u202eb"),
)

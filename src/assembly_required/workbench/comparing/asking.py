"""What is asked of both sides: a page or a path of this blog, or an operation of the API."""

import json
import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from ...cli.sql import choose_path, choose_payload
from ...conduit.operation import Operation
from ...conduit.operations import operations
from ...stack.names import suggest
from ...web.api import PREFIX
from ..mounting import is_below

OPERATIONS = {operation.id: operation for operation in operations}


class QuestionError(Exception):
    """The request cannot be sent."""


@dataclass(frozen=True)
class Question:
    """A request.

    :param method: its method, and ``path`` its path with the query.
    :param body: the JSON of its body; empty for none.
    :param operation: the operation of the API that runs on copies; ``None`` for a page.
    """

    method: str
    path: str
    body: str = ""
    operation: Operation | None = None


def read_question(path: str, method: str = "GET", operation: str = "", body: str = "") -> Question:
    """Read what a visitor asks for.

    :param method: a method other than GET means the operation of the API with this path.
    :param operation: the name of an operation; if it is empty, ``path`` is requested.
    :param body: JSON instead of the example of the operation.
    :raises QuestionError: there is no such operation, the path is not one of this blog, or the body is not JSON.
    """
    if operation:
        found = OPERATIONS.get(operation)
        if found is None:
            names = ", ".join(OPERATIONS)
            hint = suggest(operation, OPERATIONS)
            raise QuestionError(f"{operation!r} is not an operation of the API. Choose one of {names}.{hint}")
        return Question(found.method, f"{PREFIX}{choose_path(found)}", read_body(found, body), found)
    check_path(path)
    if method == "GET":
        return Question("GET", path)
    found = find_operation(method, path)
    return Question(method, path, read_body(found, body), found)


def check_path(path: str) -> None:
    """Check that a path is one of the blog.

    :raises QuestionError: it is not.
    """
    try:
        parts = urlsplit(path)
    except ValueError:
        parts = urlsplit("//")
    printable = path.isprintable() and path.isascii() and " " not in path
    if not path.startswith("/") or path.startswith("//") or parts.netloc or "\\" in path or not printable:
        raise QuestionError(
            f"{path!r} is not a path of this blog. Write one that begins with one slash, such as / or /api/tags. "
            "Spaces and letters that are not in ASCII have to be encoded, as a browser does it in the address."
        )
    if is_below(parts.path):
        raise QuestionError(f"{path!r} belongs to the workbench, not to a stack. Write a path of the blog, such as /.")


def find_operation(method: str, path: str) -> Operation:
    """Find the operation of a request to the API.

    :raises QuestionError: there is none.

    >>> find_operation("POST", "/api/articles/a-slug/comments").id
    'add_comment'
    """
    below = urlsplit(path).path.removeprefix(PREFIX)
    for operation in operations:
        pattern = re.sub(r"\{\w+\}", "[^/]+", operation.path)
        if operation.method == method and path.startswith(PREFIX) and re.fullmatch(pattern, below):
            return operation
    raise QuestionError(
        f"{method} {path} is not an operation of the API. Only these can change something here: "
        f"choose one of {', '.join(each.id for each in operations if each.method != 'GET')}."
    )


def read_body(operation: Operation, body: str) -> str:
    """Return the JSON to send: what a visitor wrote, or the example of the documentation.

    :raises QuestionError: it is not JSON.
    """
    if not operation.takes:
        return ""
    if not body.strip():
        return json.dumps(choose_payload(operation), indent=2, ensure_ascii=False)
    try:
        json.loads(body)
    except ValueError as error:
        raise QuestionError(f"What you wrote is not JSON: {error}. Names and texts are in double quotes.") from None
    return body

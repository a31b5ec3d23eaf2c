"""What is asked of both sides: a page or a path of this blog, or an operation of the API."""

import json
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
    :param operation: the operation of the API, if one was named.
    """

    method: str
    path: str
    body: str = ""
    operation: Operation | None = None


def read_question(path: str, operation: str, body: str) -> Question:
    """Read what a visitor asks for.

    :param operation: the name of an operation; if it is empty, ``path`` is requested.
    :param body: JSON instead of the example of the operation.
    :raises QuestionError: there is no such operation, the path is not one of this blog, or the body is not JSON.
    """
    if operation:
        return ask_operation(operation, body.strip())
    parts = urlsplit(path)
    if parts.scheme or parts.netloc or not path.startswith("/") or "\\" in path:
        raise QuestionError(f"{path!r} is not a path of this blog. Write one that begins with a slash, such as /.")
    if is_below(parts.path):
        raise QuestionError(f"{path!r} belongs to the workbench, not to a stack. Write a path of the blog, such as /.")
    return Question("GET", path)


def ask_operation(name: str, body: str) -> Question:
    """Ask for an operation of the API, with the example of the documentation."""
    operation = OPERATIONS.get(name)
    if operation is None:
        raise QuestionError(
            f"{name!r} is not an operation: choose one of {', '.join(OPERATIONS)}.{suggest(name, OPERATIONS)}"
        )
    if operation.takes and not body:
        body = json.dumps(choose_payload(operation), indent=2, ensure_ascii=False)
    return Question(operation.method, f"{PREFIX}{choose_path(operation)}", body if operation.takes else "", operation)

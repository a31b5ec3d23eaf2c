"""By hand, as Flask's own tutorial does it: ask for what is wanted, and refuse what is empty.

*In Django* nobody starts without a form.

*Here* ``request.get_json()``, an ``if`` for each rule, and ``abort(400, "Title is required.")``. So it is also what an
API does that has no validation at all: whatever no ``if`` has foreseen goes in, or ends as a 500.

*What it costs*: only the first mistake is said; ``type=int`` takes a number that is none for one that was not sent.

*Next*: :mod:`assembly_required.lab.differences.validation.pydantic`.
"""

from typing import Any

from flask import Flask, abort, request
from werkzeug.exceptions import HTTPException

from ....conduit import limits
from ..inputs import JSON, Sent


def new_article() -> Any:
    article = request.get_json()["article"]
    error = None
    if not article["title"]:
        error = "Title is required."
    elif not article["description"]:
        error = "Description is required."
    elif not article["body"]:
        error = "Body is required."
    elif len(article["title"]) > limits.TITLE:
        error = "Title is too long."
    elif len(article.get("tagList", [])) > limits.TAGS:
        error = "There are too many tags."
    if error:
        abort(400, error)
    return {"article": article}


def new_user() -> Any:
    user = request.get_json()["user"]
    error = None
    if not user["username"]:
        error = "Username is required."
    elif "@" not in user["email"]:
        error = "Email is not valid."
    elif len(user["password"]) < limits.PASSWORD_MIN:
        error = "Password is too short."
    if error:
        abort(400, error)
    return {"user": user}


def page() -> Any:
    limit = request.args.get("limit", limits.PAGE_DEFAULT, type=int)
    offset = request.args.get("offset", 0, type=int)
    if not 1 <= limit <= limits.PAGE_MAX:
        abort(400, "Limit is out of range.")
    return {"limit": limit, "offset": max(offset, 0)}


VIEWS = {"NewArticle": new_article, "NewUser": new_user, "Page": page}

REFUSES = HTTPException


def load(name: str, sent: Sent) -> Any:
    """What the view makes of a body, or of a query."""
    body = {"data": sent, "content_type": JSON} if isinstance(sent, bytes) else {"query_string": sent}
    with Flask(__name__).test_request_context(method="POST", **body):
        return VIEWS[name]()


def said(error: HTTPException) -> Any:
    """Its answer, as it gives it."""
    return {"status": error.code, "description": error.description}


def lines(error: HTTPException) -> list[str]:
    """The same, a line for each mistake."""
    return [f"{error.code}: {error.description}"]

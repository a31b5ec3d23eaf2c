"""Validation by hand, as Flask's tutorial does it: an ``if`` for each rule and ``abort(400, message)``.

It reports only the first error. Input that no ``if`` checks is accepted, or ends in a 500.
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
    """Load a body or a query."""
    body = {"data": sent, "content_type": JSON} if isinstance(sent, bytes) else {"query_string": sent}
    with Flask(__name__).test_request_context(method="POST", **body):
        return VIEWS[name]()


def read_error(error: HTTPException) -> Any:
    """Return the error as the library reports it."""
    return {"status": error.code, "description": error.description}


def list_errors(error: HTTPException) -> list[str]:
    """Return one line for each error."""
    return [f"{error.code}: {error.description}"]

"""How an error becomes a response: one JSON shape below ``/api``, a page everywhere else.

Two kinds of exception arrive here: the application's own refusals, and Werkzeug's, such as an unknown route or a wrong
method. Flask logs any other exception with its traceback and turns it into Werkzeug's 500.
"""

from collections.abc import Callable

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from ..conduit.errors import Refusal, Unavailable
from .api import is_api

Page = Callable[[int, dict[str, list[str]]], ResponseReturnValue]


def register(app: Flask, page: Page) -> None:
    """Answer every error of this app; ``page`` renders those outside the API from a status and its errors."""

    def leave(status: int, errors: dict[str, list[str]]) -> Response:
        response = jsonify(errors=errors) if is_api(request.path) else app.make_response(page(status, errors))
        response.status_code = status
        return response

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Response:
        response = leave(error.status, error.errors)
        if isinstance(error, Unavailable):
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        if error.response is not None:
            return app.make_response(error.response)
        response = leave(error.code or 500, {"request": [(error.name or "failed").lower()]})
        for name, value in error.get_headers():
            if name not in ("Content-Type", "Content-Length"):
                response.headers[name] = value
        return response

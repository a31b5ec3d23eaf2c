"""How an error leaves: one JSON shape below ``/api``, a page everywhere else.

*In Django* ``handler404`` and ``handler500`` serve the pages, and REST framework's ``EXCEPTION_HANDLER`` the API.

*Here* four kinds of exception arrive in one place: our own refusals, Werkzeug's (an unknown route, a wrong method), a
database that is not there, which is worth another try, and everything unforeseen, which Flask has turned into a 500 and
logged with its traceback before it comes here.

*What it costs*: an extension that registers error handlers of its own has to be told not to.

*Next*: :mod:`assembly_required.sessions`.
"""

from collections.abc import Callable

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException

from .api import is_api
from .conduit.errors import Refusal
from .dberrors import unavailable

RETRY_AFTER = "5"
"""Seconds."""

Page = Callable[[int, dict[str, list[str]]], ResponseReturnValue]


def register(app: Flask, page: Page) -> None:
    """Answer every error of this app; ``page`` renders those outside the API from a status and its errors."""

    def leave(status: int, errors: dict[str, list[str]]) -> Response:
        response = jsonify(errors=errors) if is_api(request.path) else app.make_response(page(status, errors))
        response.status_code = status
        return response

    @app.errorhandler(Refusal)
    def refused(error: Refusal) -> Response:
        return leave(error.status, error.errors)

    @app.errorhandler(HTTPException)
    def failed(error: HTTPException) -> Response:
        if error.response is not None:
            return app.make_response(error.response)
        response = leave(error.code or 500, {"request": [(error.name or "failed").lower()]})
        for name, value in error.get_headers():
            if name not in ("Content-Type", "Content-Length"):
                response.headers[name] = value
        return response

    @app.errorhandler(Exception)
    def unforeseen(error: Exception) -> Response:
        reason = unavailable(error)
        if reason is None:
            raise error
        app.logger.error("The database is not available: %s", reason)
        response = leave(503, {"request": ["the database is not available, try again later"]})
        response.headers["Retry-After"] = RETRY_AFTER
        return response

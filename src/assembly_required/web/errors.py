"""Turn errors into responses: JSON below ``/api``, an HTML page elsewhere.

It handles the application's own refusals and Werkzeug's exceptions, such as an unknown route or a wrong method. Flask
logs any other exception with its traceback and turns it into Werkzeug's 500.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from flask import Flask, Response, jsonify, request
from flask.typing import ResponseReturnValue
from werkzeug.exceptions import HTTPException, SecurityError

from ..conduit.errors import Refusal
from .api import is_for_programs

Page = Callable[[int, dict[str, list[str]]], ResponseReturnValue]


def register(app: Flask, page: Page) -> None:
    """Register the error handlers of an app; ``page`` renders errors outside the API."""

    def render_error(status: int, errors: dict[str, list[str]]) -> Response:
        response = jsonify(errors=errors) if is_for_programs(request.path) else app.make_response(page(status, errors))
        response.status_code = status
        return response

    @app.errorhandler(Refusal)
    def handle_refusal(error: Refusal) -> Response:
        response = render_error(error.status, error.errors)
        if error.retry_after is not None:
            response.headers["Retry-After"] = str(error.retry_after)
        return response

    @app.errorhandler(HTTPException)
    def handle_http_exception(error: HTTPException) -> Response:
        if error.response is not None:
            return app.make_response(error.response)
        if isinstance(error, SecurityError):
            app.logger.warning("%s If it is a host of this site, add it to TRUSTED_HOSTS.", error.description)
        response = render_error(error.code or 500, {"request": [(error.name or "failed").lower()]})
        for name, value in error.get_headers():
            if name not in ("Content-Type", "Content-Length"):
                response.headers[name] = value
        return response


def log_teardown_errors(app: Flask) -> None:
    """Log the errors of the functions that run at the end of a request, and keep the response.

    Otherwise such an error would replace the finished response by the server's own error page, and the other functions
    would not run.
    """
    for functions in (app.teardown_appcontext_funcs, *app.teardown_request_funcs.values()):
        functions[:] = [_log_errors(app, function) for function in functions]


def _log_errors(app: Flask, function: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(function)
    def teardown(error: BaseException | None) -> None:
        try:
            function(error)
        except Exception:
            app.logger.exception("An error at the end of a request")

    return teardown

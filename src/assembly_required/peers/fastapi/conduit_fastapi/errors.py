"""Errors as exceptions, and the one JSON shape that all of them have."""

import logging
from collections.abc import Iterable
from math import ceil
from time import time
from typing import Any

from fastapi import APIRouter, FastAPI, HTTPException, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, InterfaceError, InternalError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import ObjectDeletedError
from starlette.exceptions import HTTPException as StarletteHTTPException
from starlette.routing import compile_path

from .schemas import ErrorResponse

BLANK = "can't be blank"
INVALID = "is invalid"

logger = logging.getLogger(__name__)

READ_ONLY = "25006"
"""PostgreSQL's code for a read-only database, which is an internal error to its driver.

Source: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

UNREADABLE = object()
"""Stands for a body that is not JSON."""


class APIError(HTTPException):
    """An error with a message for one field."""

    def __init__(self, status_code: int, field: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(status_code, message, headers)
        self.field = field


def token_missing() -> APIError:
    return APIError(401, "token", "is missing")


def token_invalid() -> APIError:
    return APIError(401, "token", INVALID)


def wrong_credentials() -> APIError:
    return APIError(401, "credentials", "invalid")


def forbidden(what: str) -> APIError:
    return APIError(403, what, "forbidden")


def not_found(what: str) -> APIError:
    return APIError(404, what, "not found")


def taken(field: str) -> APIError:
    return APIError(409, field, "has already been taken")


def too_many_attempts(until: float) -> APIError:
    """Return the error for too many failed logins.

    :param until: when the next one is allowed, in seconds since 1970.
    """
    return APIError(429, "request", "too many attempts", {"Retry-After": str(max(1, ceil(until - time())))})


def busy() -> APIError:
    return APIError(503, "request", "not available", {"Retry-After": "2"})


STATUSES = {
    400: "The body is not JSON.",
    401: "The token is missing or invalid.",
    403: "Only the author may do that.",
    404: "There is no such object.",
    409: "The value is taken.",
    413: "The body is too large.",
    415: "The body is not declared as JSON.",
    422: "Some fields are invalid.",
    429: "Too many logins have failed.",
    503: "The server is busy.",
}

Responses = dict[int | str, dict[str, Any]]


def describe_errors(*statuses: int) -> Responses:
    """Describe the error responses of an operation, for the OpenAPI document."""
    return {status: {"model": ErrorResponse, "description": STATUSES[status]} for status in statuses}


def answer(status: int, errors: dict[str, list[str]], headers: Any = None) -> JSONResponse:
    return JSONResponse({"errors": errors}, status, headers)


def register_handlers(app: FastAPI, routers: Iterable[APIRouter]) -> None:
    """Give all errors one shape.

    bent: FastAPI's own errors are ``{"detail": ...}``, with the place and the input of each fault.
    """

    @app.exception_handler(APIError)
    async def handle_api_error(_: Request, error: APIError) -> JSONResponse:
        return answer(error.status_code, {error.field: [error.detail]}, error.headers)

    methods = [(compile_path(f"/api{route.path}")[0], route.methods) for router in routers for route in router.routes]

    @app.exception_handler(StarletteHTTPException)
    async def handle_http_error(request: Request, error: StarletteHTTPException) -> Response:
        if error.status_code == 405:
            path = request.url.path
            return answer_other_methods(request, {one for form, them in methods if form.match(path) for one in them})
        return answer(error.status_code, {"request": [error.detail.lower()]}, error.headers)

    @app.exception_handler(RequestValidationError)
    async def handle_invalid(request: Request, error: RequestValidationError) -> JSONResponse:
        return answer_unreadable(request, error) or answer_invalid(error)

    @app.exception_handler(ObjectDeletedError)
    async def handle_deleted(_: Request, error: ObjectDeletedError) -> JSONResponse:
        return answer(401, {"token": [INVALID]})  # only the viewer is read again

    @app.exception_handler(InterfaceError)
    @app.exception_handler(InternalError)
    @app.exception_handler(OperationalError)
    @app.exception_handler(PoolTimeout)
    async def handle_unavailable(request: Request, error: DBAPIError | PoolTimeout) -> JSONResponse:
        if isinstance(error, InternalError) and getattr(error.orig, "sqlstate", None) != READ_ONLY:
            raise error
        logger.error("Not available: %s", request.url.path, exc_info=error)
        return answer(503, {"request": ["not available"]}, {"Retry-After": "5"})

    @app.exception_handler(Exception)
    async def handle_fault(_: Request, error: Exception) -> JSONResponse:
        return answer(500, {"request": ["internal server error"]})


def answer_other_methods(request: Request, methods: set[str]) -> Response:
    """Answer OPTIONS, or refuse a method that a path does not have.

    bent: Starlette names only the methods of the first route with the path, and refuses OPTIONS.
    """
    allow = {"Allow": ", ".join(sorted(methods))}
    if request.method == "OPTIONS":
        return Response(status_code=204, headers=allow)
    return answer(405, {"request": ["method not allowed"]}, allow)


def answer_unreadable(request: Request, error: RequestValidationError) -> JSONResponse | None:
    """Answer a body that is not JSON. It is reported after 401, 404 and 403, like everything about the body."""
    declared = request.headers.get("content-type", "")
    is_json = declared.partition(";")[0].strip().lower() == "application/json"
    if isinstance(error.body, bytes):
        return answer(415, {"body": ["must be application/json"]})
    empty = request.headers.get("content-length", "0") == "0"
    if error.body is UNREADABLE or (is_json and empty and error.body is None):
        return answer(400, {"body": ["is not JSON"]})
    return None


def answer_invalid(error: RequestValidationError) -> JSONResponse:
    errors: dict[str, list[str]] = {}
    for each in error.errors():
        place, *path = each["loc"]
        if place == "path":
            return answer(404, {"comment": ["not found"]})
        field = str(path[0]) if place == "query" or len(path) == 1 else str(path[1])
        envelope = place == "body" and len(path) == 1
        message = BLANK if envelope else read_message(each)
        if message not in errors.setdefault(field, []):
            errors[field].append(message)
    return answer(422, errors)


def read_message(error: dict[str, Any]) -> str:
    """Put pydantic's error into the words of the contract."""
    kind, value = error["type"], error.get("input")
    if len(error["loc"]) != 3:  # a query argument, or an item of a list
        return INVALID
    if kind == "missing" or value is None or (isinstance(value, str) and not value.strip()):
        return BLANK
    if kind == "string_too_short":
        return f"is too short (minimum is {error['ctx']['min_length']} characters)"
    if kind == "string_too_long":
        return f"is too long (maximum is {error['ctx']['max_length']} characters)"
    return INVALID

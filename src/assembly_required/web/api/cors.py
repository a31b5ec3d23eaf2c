"""The headers that let pages of other origins call the API.

Flask-CORS offers more (patterns for each resource, credentials) and takes 15 µs a request. ``*`` is safe only because
nothing below ``/api`` reads a cookie.
"""

from flask import Flask, Response, request
from werkzeug.datastructures import HeaderSet

from . import is_api

ONE_DAY = 24 * 60 * 60


def allow_origins(app: Flask, origins: list[str]) -> None:
    """Allow pages of these origins to call the API; ``["*"]`` means all.

    Source: https://fetch.spec.whatwg.org/#http-cors-protocol
    """

    @app.after_request
    def add_headers(response: Response) -> Response:
        origin = request.headers.get("Origin")
        if origin is None or not is_api(request.path):
            return response
        if "*" not in origins:
            response.vary.add("Origin")
            if origin not in origins:
                return response
        response.access_control_allow_origin = "*" if "*" in origins else origin
        if request.method == "OPTIONS":
            response.access_control_allow_methods = response.allow
            response.access_control_allow_headers = HeaderSet(["Authorization", "Content-Type"])
            response.access_control_max_age = ONE_DAY
        return response

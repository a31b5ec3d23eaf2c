"""Calls from pages of other origins: the three headers that let a browser make them.

*In Django* this is django-cors-headers, a package too.

*Here* it is by hand. Flask-CORS does more (patterns for each resource, credentials), and takes 15 µs of each
request for choosing among them; this API sends no cookies, so one list of origins says all there is to say.

*What it costs*: ``*`` is safe only as long as nothing below ``/api`` reads a cookie.

*Next*: :mod:`assembly_required.web.errors`.
"""

from flask import Flask, Response, request
from werkzeug.datastructures import HeaderSet

from . import is_api

ONE_DAY = 24 * 60 * 60


def allow_origins(app: Flask, origins: list[str]) -> None:
    """Let pages of these origins call the API; ``["*"]`` means all.

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

"""Headers that tell browsers and caches what they may do with a response.

They correspond to Django's ``SecurityMiddleware``, ``XFrameOptionsMiddleware`` and ``never_cache``.
"""

from flask import Flask, Response, g, request

from ..conduit.operations import operations
from .api import PREFIX, is_api

HEADERS = {
    "Content-Security-Policy": "default-src 'self'; img-src * data:; object-src 'none'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'none'",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Security headers of everything outside the API. Source: https://www.w3.org/TR/CSP3/"""

WITH_TOKEN = {f"{PREFIX}{operation.path}" for operation in operations if operation.gives == "User"}
"""The paths of the API that answer with a token."""


def protect_responses(app: Flask) -> None:
    """Add the headers to every response; a view may set its own values, except for ``Cache-Control: no-store``."""
    https_only = build_hsts(app.config["SITE_URL"], app.config["HSTS_SECONDS"])

    @app.after_request
    def add_headers(response: Response) -> Response:
        path = request.path
        if not is_api(path):
            for name, value in HEADERS.items():
                response.headers.setdefault(name, value)
        if is_private(path):
            response.headers["Cache-Control"] = "no-store"
        if https_only:
            response.headers["Strict-Transport-Security"] = https_only
        return response


def is_private(path: str) -> bool:
    """Whether no cache may store the response: it is for a user who is signed in, or a token is in it or in its URL."""
    if is_api(path):
        return path in WITH_TOKEN
    return bool(g.get("viewer")) or "token" in (request.view_args or {})


def build_hsts(site_url: str, seconds: int) -> str | None:
    """Build the header ``Strict-Transport-Security``, if the site is reached by HTTPS.

    Source: RFC 6797

    >>> build_hsts("https://blog.example", 60), build_hsts("http://blog.example", 60)
    ('max-age=60', None)
    """
    return f"max-age={seconds}" if seconds and site_url.lower().startswith("https://") else None

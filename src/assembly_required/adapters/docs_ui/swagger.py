"""``docs_ui = swagger``: Swagger UI, from assets that come with a package.

*In Django* drf-spectacular's ``SpectacularSwaggerView`` loads Swagger UI from a CDN, as FastAPI's ``/docs`` does.

*Here* ``get_swaggerui_blueprint`` of flask-swagger-ui returns a blueprint with the page and its files, so it works
without the internet. ``config`` holds Swagger UI's own settings. The URLs in the page are relative, so they stay below
a path prefix of the app. The page has no viewport element, so a phone would show it at the width of a desktop;
:func:`complete_page` adds one, and a Content-Security-Policy.

*What it costs*: one package of 2.5 MB. The page contains a script, which its Content-Security-Policy allows by its
hash. With ``persistAuthorization``, a token stays in the browser's storage, so only debug mode has it.

*Next*: :mod:`assembly_required.adapters.docs_ui.redoc`, which only shows the API.
"""

import re
from base64 import b64encode
from hashlib import sha256

from flask import Flask, Response
from flask_swagger_ui import get_swaggerui_blueprint

URL = "/docs"

INLINE_SCRIPT = re.compile(b"<script>(.*?)</script>", re.DOTALL)

VIEWPORT = b'<meta name="viewport" content="width=device-width, initial-scale=1">'


def build(app: Flask) -> None:
    """Serve the page at ``/docs/``."""
    config = {
        "app_name": "Conduit API",
        "persistAuthorization": app.debug,
        "displayRequestDuration": True,
        "docExpansion": "list",
        "validatorUrl": None,
        "oauth2RedirectUrl": "oauth2-redirect.html",  # by default an absolute URL, with the host of the request
    }
    blueprint = get_swaggerui_blueprint(".", "openapi.json", config=config)
    blueprint.after_request(complete_page)
    app.register_blueprint(blueprint, url_prefix=URL)


def complete_page(response: Response) -> Response:
    """Add the viewport element and the policy to the rendered page, not to the files of the package or to errors."""
    if response.status_code == 200 and response.mimetype == "text/html" and not response.is_streamed:
        response.data = response.data.replace(b"<head>", b"<head>\n  " + VIEWPORT, 1)
        response.headers["Content-Security-Policy"] = build_policy(response.data)
    return response


def build_policy(page: bytes) -> str:
    """Allow the scripts in this page, by their hashes, and the files of this site.

    Source: https://www.w3.org/TR/CSP3/#framework-directive-source-list
    """
    hashes = [f"'sha256-{b64encode(sha256(script).digest()).decode()}'" for script in INLINE_SCRIPT.findall(page)]
    return (
        f"default-src 'self'; script-src 'self' {' '.join(hashes)}; style-src 'self' 'unsafe-inline'; "
        "img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    )

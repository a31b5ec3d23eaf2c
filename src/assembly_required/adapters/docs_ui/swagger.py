"""``docs_ui = swagger``: Swagger UI, from assets that come with a package.

*In Django* drf-spectacular's ``SpectacularSwaggerView`` loads Swagger UI from a CDN, as FastAPI's ``/docs`` does.

*Here* ``get_swaggerui_blueprint`` of flask-swagger-ui returns a blueprint with the page and its files, so it works
without the internet. ``config`` holds Swagger UI's own settings. The page has no viewport element, so a phone would
show it at the width of a desktop; :func:`add_viewport` adds one.

*What it costs*: one package of 2.5 MB.

*Next*: :mod:`assembly_required.adapters.docs_ui.redoc`, which only shows the API.
"""

from flask import Flask, Response
from flask_swagger_ui import get_swaggerui_blueprint

URL = "/docs"

VIEWPORT = b'<meta name="viewport" content="width=device-width, initial-scale=1">'


def build(app: Flask) -> None:
    """Serve the page at ``/docs/``."""
    config = {
        "app_name": "Conduit API",
        "persistAuthorization": True,
        "displayRequestDuration": True,
        "docExpansion": "list",
        "validatorUrl": None,
    }
    blueprint = get_swaggerui_blueprint(URL, f"{URL}/openapi.json", config=config)
    blueprint.after_request(add_viewport)
    app.register_blueprint(blueprint)


def add_viewport(response: Response) -> Response:
    """Add the viewport element to the rendered page, not to the files of the package."""
    if response.mimetype == "text/html" and not response.is_streamed:
        response.data = response.data.replace(b"<head>", b"<head>\n  " + VIEWPORT, 1)
    return response

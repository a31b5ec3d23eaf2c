"""``docs_ui = swagger``: Swagger UI, from assets that travel in a wheel.

*In Django* drf-spectacular's ``SpectacularSwaggerView`` and FastAPI's ``/docs`` load theirs from a CDN.

*Here* flask-swagger-ui is a blueprint that carries the files, so the page works without the internet.

*What it costs*: one package of 2.5 MB.

*Next*: :mod:`assembly_required.adapters.docs_ui.redoc`.
"""

from flask import Flask
from flask_swagger_ui import get_swaggerui_blueprint

URL = "/docs"


def build(app: Flask) -> None:
    """Serve the page at ``/docs/``."""
    config = {
        "app_name": "Conduit API",
        "persistAuthorization": True,
        "displayRequestDuration": True,
        "docExpansion": "list",
        "validatorUrl": None,
    }
    app.register_blueprint(get_swaggerui_blueprint(URL, f"{URL}/openapi.json", config=config))

"""``docs_ui = redoc``: Redoc, which shows the API in three columns and cannot send requests.

*In Django* drf-spectacular's ``SpectacularRedocView``; FastAPI serves Redoc at ``/redoc``, from a CDN.

*Here* flask-openapi-redoc contains Redoc's script. The package is a plugin for flask-openapi, so this module uses only
its files: a blueprint serves them, together with a page that contains Redoc's element ``<redoc>``.

*What it costs*: 2.3 MB of JavaScript, and flask-openapi in the environment, which is never imported. By default Redoc 3
reports its use to its makers' server and loads their logo from there; the Content-Security-Policy blocks both.

*Next*: :mod:`assembly_required.web.site`, the pages for people.
"""

from flask import Blueprint, Flask, Response, make_response, render_template_string

URL = "/docs"

PAGE = """\
<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Conduit API</title>
  <link rel="icon" href="{{ url_for('redoc.static', filename='images/redoc.svg') }}">
  <style>body { margin: 0 }</style>
  <redoc spec-url="openapi.json" disable-telemetry="true"></redoc>
  <script type="module" src="{{ url_for('redoc.static', filename='js/redoc.standalone.js') }}"></script>
</html>
"""

POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; "
    "object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)

# Flask finds the folder of the package by its name, without importing it.
blueprint = Blueprint("redoc", "flask_openapi_redoc", static_folder="templates/redoc", url_prefix=URL)


@blueprint.get("/")
def show_page() -> Response:
    response = make_response(render_template_string(PAGE))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def build(app: Flask) -> None:
    """Serve the page at ``/docs/``."""
    app.register_blueprint(blueprint)

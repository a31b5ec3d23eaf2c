"""``docs_ui = redoc``: Redoc, three columns to read and nothing to try out.

*In Django* drf-spectacular's ``SpectacularRedocView``; FastAPI serves Redoc at ``/redoc``, from a CDN.

*Here* flask-openapi-redoc carries the one script that Redoc is, a module since Redoc 3. The package is a plugin for
flask-openapi, so only its files are used, by a blueprint of ours with a page of a few lines. The page allows itself
nothing from elsewhere.

*What it costs*: 2.3 MB of JavaScript, and flask-openapi in the environment, which is never imported. Left alone, Redoc
3 tells its makers' server that it is used, and shows their logo from there; the policy below stops both.

*Next*: :mod:`assembly_required.web.site`.
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
  <redoc spec-url="{{ document }}" disable-telemetry="true"></redoc>
  <script type="module" src="{{ url_for('redoc.static', filename='js/redoc.standalone.js') }}"></script>
</html>
"""

POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"

# The package is named, not imported: Flask finds its folder.
blueprint = Blueprint("redoc", "flask_openapi_redoc", static_folder="templates/redoc", url_prefix=URL)


@blueprint.get("/")
def page() -> Response:
    response = make_response(render_template_string(PAGE, document=f"{URL}/openapi.json"))
    response.headers["Content-Security-Policy"] = POLICY
    return response


def build(app: Flask) -> None:
    """Serve the page at ``/docs/``."""
    app.register_blueprint(blueprint)

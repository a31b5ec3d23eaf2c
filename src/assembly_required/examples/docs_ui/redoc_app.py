"""A page for an OpenAPI document with Redoc, which is made for reading.

flask-openapi-redoc contains Redoc's script. The package is a plugin for flask-openapi; an app without flask-openapi can
serve the script from the package's folder, and put Redoc's element ``<redoc>`` on a page of its own. No CDN is needed,
and the Content-Security-Policy keeps Redoc from reporting its use to its makers.

Start it with ``flask --app redoc_app run`` and open http://127.0.0.1:5000/docs/.
It follows https://redocly.com/docs/redoc/deployment/html
"""

from flask import Blueprint, Flask, make_response, render_template_string

DOCUMENT = {
    "openapi": "3.1.0",
    "info": {"title": "Greetings", "version": "1.0"},
    "paths": {
        "/hello/{name}": {
            "get": {
                "summary": "Greet somebody",
                "parameters": [{"name": "name", "in": "path", "required": True, "schema": {"type": "string"}}],
                "responses": {"200": {"description": "The greeting"}},
            }
        }
    },
}

PAGE = """
<!doctype html>
<html lang="en">
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <title>Greetings</title>
  <redoc spec-url="/openapi.json" disable-telemetry="true"></redoc>
  <script type="module" src="{{ url_for('redoc.static', filename='js/redoc.standalone.js') }}"></script>
</html>
"""
POLICY = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:"

app = Flask(__name__)

# step: the page
# Flask finds the folder of the package by its name.
redoc = Blueprint("redoc", "flask_openapi_redoc", static_folder="templates/redoc", url_prefix="/docs")


@redoc.get("/")
def page():
    response = make_response(render_template_string(PAGE))
    response.headers["Content-Security-Policy"] = POLICY
    return response


app.register_blueprint(redoc)


# step: the document
@app.get("/openapi.json")
def document():
    return DOCUMENT


@app.get("/hello/<name>")
def hello(name):
    return {"hello": name}

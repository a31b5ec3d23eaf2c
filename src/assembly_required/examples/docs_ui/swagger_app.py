"""A page for an OpenAPI document with Swagger UI, which can also send the requests.

flask-swagger-ui contains the files of Swagger UI. ``get_swaggerui_blueprint`` returns a blueprint that serves them and
a page for the document, so no CDN is needed. ``config`` holds settings of Swagger UI itself. Its page has no viewport
element; an ``after_request`` function adds one, so that phones do not show the page at the width of a desktop.

Start it with ``flask --app swagger_app run`` and open http://127.0.0.1:5000/docs/.
It follows https://github.com/sveint/flask-swagger-ui#readme
"""

from flask import Flask
from flask_swagger_ui import get_swaggerui_blueprint

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

app = Flask(__name__)

# step: the page
config = {"app_name": "Greetings", "validatorUrl": None}
swagger_ui = get_swaggerui_blueprint("/docs", "/openapi.json", config=config)


@swagger_ui.after_request
def add_viewport(response):
    if response.mimetype == "text/html" and not response.is_streamed:
        viewport = '<meta name="viewport" content="width=device-width, initial-scale=1">'
        response.set_data(response.get_data(as_text=True).replace("<head>", f"<head>{viewport}", 1))
    return response


app.register_blueprint(swagger_ui)


# step: the document
@app.get("/openapi.json")
def document():
    return DOCUMENT


@app.get("/hello/<name>")
def hello(name):
    return {"hello": name}

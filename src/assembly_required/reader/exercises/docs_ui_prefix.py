"""Serve the page below a path, as behind a proxy.

The app works at ``/``. Then it is mounted at ``/blog``, and the page stays empty: it asks for its files and for the
document at ``/docs/...`` and ``/openapi.json``, where the app is no more. When that is repaired, "Try it out" still
sends its requests to ``/hello/...``, because a document without ``servers`` describes an API at ``/``. Repair both, for
every prefix. Flask has the prefix in ``request.script_root``, but only during a request. In Django ``reverse`` adds it.
"""

import json
import re
from urllib.parse import urljoin

import pytest
from flask import Flask, request
from flask_swagger_ui import get_swaggerui_blueprint
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client

app = Flask(__name__)

PATHS = {"/hello/{name}": {"get": {"responses": {"200": {"description": "The greeting"}}}}}


@app.get("/hello/<name>")
def hello(name):
    return {"hello": name}


@app.get("/openapi.json")
def document():
    described = {"openapi": "3.1.0", "info": {"title": "Greetings", "version": "1.0"}, "paths": PATHS}
    # start
    # return described
    # solution
    return described | {"servers": [{"url": request.script_root or "/"}]}
    # end


# start
# app.register_blueprint(get_swaggerui_blueprint("/docs", "/openapi.json"))
# solution
swagger_ui = get_swaggerui_blueprint(".", "../openapi.json")  # both are relative to the page
app.register_blueprint(swagger_ui, url_prefix="/docs")
# end


@pytest.fixture(params=["", "/blog", "/team/blog"])
def prefix(request):
    return request.param


@pytest.fixture
def client(prefix):
    """Speaks to the server, where the app is mounted at the prefix."""
    return Client(DispatcherMiddleware(NotFound(), {prefix: app}) if prefix else app)


def find_document(page):
    """Find the address of the document in the page."""
    return json.loads(re.search(r'"url": ("[^"]*")', page)[1])


@pytest.mark.parametrize("name", ["/docs/", "/docs/index.html"])
def test_all_addresses_in_the_page(client, prefix, name):
    page = client.get(prefix + name).text
    addresses = [*re.findall(r'(?:href|src)="([^"]*)"', page), find_document(page)]
    assert len(addresses) > 3
    for address in addresses:
        with client.get(urljoin(prefix + name, address)) as answer:
            assert answer.status_code == 200, address


def test_try_it_out(client, prefix):
    url = urljoin(f"{prefix}/docs/", find_document(client.get(f"{prefix}/docs/").text))
    sent = client.get(url).json
    assert sent, f"there is no document at {url}"
    server = sent.get("servers", [{"url": "/"}])[0]["url"]
    answer = client.get(urljoin(url, server).rstrip("/") + "/hello/ada")
    assert (answer.status_code, answer.json) == (200, {"hello": "ada"})
    assert sent["paths"] == PATHS


def test_without_the_last_slash(client, prefix):
    assert client.get(f"{prefix}/docs").location.endswith(f"{prefix}/docs/")

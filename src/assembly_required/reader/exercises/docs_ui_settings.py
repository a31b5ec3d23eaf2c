"""Offer both versions of an API on one page, and send nothing from a live site.

The page shows only the old version, and "Try it out" changes the data of the live site. On a live site Swagger UI also
sends the address of the document to validator.swagger.io. Choose the settings of Swagger UI for ``build_page``. They
are listed at https://swagger.io/docs/open-source-tools/swagger-ui/usage/configuration/, and flask-swagger-ui passes
them on as ``config``. In Django they stand in drf-spectacular's ``SWAGGER_UI_SETTINGS``.
"""

import json
import re

import pytest
from flask import Flask
from flask_swagger_ui import get_swaggerui_blueprint


def build_page(debug):
    """Build the blueprint with the page.

    Both versions can be chosen by name, ``v1`` and ``v2``, and the page begins with ``v2``. No other server is asked
    anything. In debug mode all operations are ready to be tried, and a token survives a reload of the page. On a live
    site no operation can be tried.
    """
    # start
    # return get_swaggerui_blueprint("/docs", "/v1.json", config={"persistAuthorization": True})
    # solution
    config = {
        "urls": [{"name": "v1", "url": "/v1.json"}, {"name": "v2", "url": "/v2.json"}],
        "urls.primaryName": "v2",
        "validatorUrl": None,
        "persistAuthorization": debug,
        "tryItOutEnabled": debug,
    }
    if not debug:
        config["supportedSubmitMethods"] = []
    return get_swaggerui_blueprint("/docs", "/v2.json", config=config)
    # end


def build_app(debug):
    app = Flask(__name__)

    @app.get("/<any(v1, v2):version>.json")
    def document(version):
        paths = {"/hello": {"get": {"responses": {"200": {"description": "The greeting"}}}}}
        return {"openapi": "3.1.0", "info": {"title": "Greetings", "version": version}, "paths": paths}

    app.register_blueprint(build_page(debug))
    return app


@pytest.fixture(params=[True, False], ids=["debug", "live"])
def debug(request):
    return request.param


@pytest.fixture
def client(debug):
    return build_app(debug).test_client()


@pytest.fixture
def settings(client):
    """What the page gives to Swagger UI."""
    return json.loads(re.search(r"user_config = (.*?});", client.get("/docs/").text)[1])


def test_both_versions_can_be_chosen(settings, client):
    documents = {each["name"]: client.get(each["url"]).json for each in settings.get("urls", [])}
    assert {name: document["info"]["version"] for name, document in documents.items()} == {"v1": "v1", "v2": "v2"}
    assert settings.get("urls.primaryName") == "v2"


def test_no_other_server_is_asked(settings):
    asked = settings.get("validatorUrl", "https://validator.swagger.io/validator")
    assert asked in (None, "none", "localhost", "127.0.0.1")


def test_what_can_be_tried(settings, debug):
    default = ["get", "put", "post", "delete", "options", "head", "patch", "trace"]
    assert ("get" in settings.get("supportedSubmitMethods", default)) == debug
    if debug:
        assert settings.get("tryItOutEnabled") is True
    else:
        assert settings["supportedSubmitMethods"] == []


def test_a_token_survives_only_in_debug_mode(settings, debug):
    assert settings.get("persistAuthorization", False) == debug

"""The page that shows the document: the same for every option of ``docs_ui``."""

import re
from urllib.parse import urljoin

import pytest
from flask import Flask

from assembly_required.data import demo
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp


@pytest.fixture(params=SLOTS["docs_ui"].names)
def app(request: pytest.FixtureRequest, make_app: MakeApp) -> Flask:
    return make_app(STACK_DOCS_UI=request.param)


def test_the_page_needs_nothing_from_elsewhere(app: Flask) -> None:
    client = app.test_client()
    page = client.get("/docs/").text
    assert '"openapi.json"' in page
    links = re.findall(r'(?:src|href)="([^"]+)"', page)
    assert len(links) > 1
    for link in (urljoin("/docs/", link) for link in links):
        assert link.startswith("/docs/")
        with client.get(link) as asset:
            assert asset.status_code == 200
            assert len(asset.data) > 100


def test_the_page_fits_a_phone(app: Flask) -> None:
    head = app.test_client().get("/docs/").text.partition("<title>")[0]
    assert head.count('<meta name="viewport" content="width=device-width, initial-scale=1">') == 1


@pytest.mark.parametrize("option", SLOTS["tokens"].names)
def test_the_prefilled_login_and_the_hint_work(make_app: MakeApp, option: str) -> None:
    app = make_app(STACK_TOKENS=option)
    stack = assembled(app)
    with app.app_context():
        demo.fill(stack.store, stack.hashing)
    client = app.test_client()
    document = client.get("/docs/openapi.json").get_json()
    login = document["paths"]["/api/users/login"]["post"]
    example = login["requestBody"]["content"]["application/json"]["example"]
    assert example == {"user": {"email": demo.EMAIL, "password": demo.PASSWORD}}
    answer = client.post("/api/users/login", json=example)
    assert answer.status_code == 200
    (scheme,) = document["components"]["securitySchemes"].values()
    (entered,) = re.findall(r"`(Token .+?)`", scheme["description"])
    header = entered.replace("abc123", answer.get_json()["user"]["token"])
    assert client.get("/api/user", headers={scheme["name"]: header}).status_code == 200


def test_redoc_lets_nothing_in_from_elsewhere(make_app: MakeApp) -> None:
    page = make_app(STACK_DOCS_UI="redoc").test_client().get("/docs/")
    assert "default-src 'self'" in page.headers["Content-Security-Policy"]
    assert "//" not in page.headers["Content-Security-Policy"]


def test_what_redoc_cannot(make_app: MakeApp) -> None:
    assert SLOTS["docs_ui"].option("redoc").cannot == ("Operations cannot be tried out on the page.",)
    with make_app(STACK_DOCS_UI="redoc").test_client().get("/docs/redoc/js/redoc.standalone.js") as script:
        assert script.status_code == 200
        assert b"Try it out" not in script.data

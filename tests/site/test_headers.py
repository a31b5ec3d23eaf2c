"""The headers of responses: what may be stored, who may frame a page, and HTTPS only."""

import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People, Person
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.slots import SLOTS
from assembly_required.web import outbox
from assembly_required.web.headers import HEADERS
from tests.conftest import ROOT, MakeApp
from tests.site.browser import Browser, Staff

HSTS = "Strict-Transport-Security"
STACKS = [{"STACK_DOCS": "plain"}, {"STACK": "bare", "STACK_DOCS": "apispec"}, {"STACK": "typed"}]
"""With the two options of ``login``, and each option of ``docs``."""


@pytest.fixture(scope="module", params=[{}, *STACKS], ids=str)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, **request.param)


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


@pytest.mark.parametrize(
    "path", ["/", "/docs/", "/docs/openapi.json", "/docs/nothing", "/feed.atom", "/static/site.css"]
)
def test_every_response_outside_the_api_has_the_headers_once(app: Flask, path: str) -> None:
    with app.test_client().get(path) as response:
        for name in HEADERS:
            assert len(response.headers.getlist(name)) == 1, name
        assert "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]
        assert response.mimetype != "text/html" or response.text.count('name="viewport"') == 1


def test_what_a_user_sees_is_not_stored(app: Flask, people: People) -> None:
    browser, user = Browser(app), people.new()
    browser.sign_in(user)
    article = user.publish()
    for path in ("/", "/settings", "/editor", f"/editor/{article['slug']}", f"/article/{article['slug']}", "/nothing"):
        assert browser.get(path).headers["Cache-Control"] == "no-store", path
    assert "Cache-Control" not in Browser(app).get("/").headers
    with browser.get("/static/site.css") as file:
        assert file.headers["Cache-Control"] != "no-store"


def test_pages_of_mailed_links_are_not_stored(app: Flask, people: People) -> None:
    browser, user = Browser(app), people.new()
    browser.submit("/password/reset", email=user.email)
    letter = next(letter for letter in outbox.letters(app) if letter.to == user.email)
    path = letter.text.partition("http://localhost")[2].split()[0]
    assert browser.get(path).headers["Cache-Control"] == "no-store"
    assert browser.submit(path, password="short").headers["Cache-Control"] == "no-store"
    assert browser.get("/email/confirm/forged").headers["Cache-Control"] == "no-store"


def test_answers_with_a_token_are_not_stored(app: Flask, people: People) -> None:
    client = app.test_client()
    new = {"username": "tokens", "email": "tokens@test.com", "password": PASSWORD}
    answers = [client.post("/api/users", json={"user": new}), client.post("/api/users/login", json={"user": new})]
    headers = {"Authorization": f"Token {answers[0].get_json()['user']['token']}"}
    answers.append(client.get("/api/user", headers=headers))
    answers.append(client.put("/api/user", headers=headers, json={"user": {"bio": "x"}}))
    for answer in answers:
        assert answer.get_json()["user"]["token"]
        assert answer.headers["Cache-Control"] == "no-store"
    assert "Cache-Control" not in client.get("/api/tags").headers


@pytest.mark.parametrize(("orm", "option"), [("flask_sqlalchemy", "flask_admin"), ("django", "django")])
def test_pages_of_the_admin_are_not_stored(make_app: MakeApp, orm: str, option: str) -> None:
    app = make_app(STACK_ORM=orm, STACK_ADMIN=option)
    user: Person = People(Client(in_process(app))).new()
    page = Staff(app, user).get("/admin/")
    assert page.status_code == 200
    assert page.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize(
    ("url", "seconds", "header"),
    [
        ("https://blog.example", 31_536_000, "max-age=31536000"),
        ("https://blog.example", 0, None),
        ("http://blog.example", 31_536_000, None),
    ],
)
def test_a_site_on_https_says_so(make_app: MakeApp, url: str, seconds: int, header: str | None) -> None:
    client = make_app(SITE_URL=url, HSTS_SECONDS=seconds).test_client()
    for path in ("/", "/api/tags", "/nothing", "/static/site.css", "/docs/"):
        with client.get(path) as response:
            assert response.headers.get(HSTS) == header


def test_the_mail_of_development_is_not_stored(make_app: MakeApp) -> None:
    assert make_app(DEBUG=True).test_client().get("/mail").headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("option", SLOTS["docs_ui"].names)
def test_the_documentation_runs_its_own_scripts_only(make_app: MakeApp, option: str) -> None:
    page = make_app(STACK_DOCS_UI=option).test_client().get("/docs/")
    policy = dict(part.strip().split(" ", 1) for part in page.headers["Content-Security-Policy"].split(";"))
    assert "unsafe" not in policy.get("script-src", policy["default-src"])
    assert policy["object-src"] == policy["base-uri"] == policy["frame-ancestors"] == "'none'"


@pytest.mark.parametrize("debug", [False, True])
def test_a_token_stays_in_the_browser_in_debug_mode_only(make_app: MakeApp, debug: bool) -> None:
    page = make_app(STACK_DOCS_UI="swagger", DEBUG=debug).test_client().get("/docs/")
    assert f'"persistAuthorization": {str(debug).lower()}' in page.text

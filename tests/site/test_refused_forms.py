"""What the log and, in debug mode, the page say about a form that was refused."""

from html import unescape

import pytest
from flask import Flask

from assembly_required.contract.people import PASSWORD
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.slots import SLOTS
from assembly_required.web.site.forgery import advise
from tests.conftest import ROOT
from tests.site.browser import TOKEN, Browser

HTTPS = "https://localhost"
CHECKS_ORIGIN = ["flask_wtf", "django"]
"""The options that compare where a form came from; ``plain`` checks the token only."""


def build(request: pytest.FixtureRequest, factory: pytest.TempPathFactory) -> Flask:
    return ready_app(factory.mktemp("instance"), ROOT, STACK_FORMS=request.param)


@pytest.fixture(scope="module", params=SLOTS["forms"].names)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return build(request, tmp_path_factory)


@pytest.fixture(scope="module", params=CHECKS_ORIGIN)
def strict(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return build(request, tmp_path_factory)


@pytest.fixture(params=[False, True], ids=["production", "debug"])
def debug(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


def send(app: Flask, debug: bool, caplog: pytest.LogCaptureFixture, **headers: str) -> str:
    """Send a form with a valid token over HTTPS, check that it is refused, and return what the log says."""
    app.debug = debug
    client = app.test_client()
    found = TOKEN.search(client.get("/login", base_url=HTTPS).text)
    assert found
    data = {found[1]: unescape(found[2]), "email": "x@test.com", "password": PASSWORD}
    page = client.post("/login", base_url=HTTPS, data=data, headers=headers)
    assert page.status_code == 400
    (record,) = [record for record in caplog.records if record.name == app.logger.name]
    message = record.getMessage()
    assert message.startswith("The form sent to '/login' was refused.")
    for sentence in message.split("refused. ")[1].split(". "):
        assert (sentence.rstrip(".") in unescape(page.text)) is debug, sentence
    return message


def test_a_browser_without_referer(strict: Flask, debug: bool, caplog: pytest.LogCaptureFixture) -> None:
    message = send(strict, debug, caplog)
    assert "with Origin None and Referer None" in message
    assert "the browser, an extension or a proxy removes it" in message


def test_a_source_that_is_no_address(strict: Flask, caplog: pytest.LogCaptureFixture) -> None:
    message = send(strict, False, caplog, Referer="https://[blog.example/login")
    assert "set PROXY_FIX to the number of proxies" in message


@pytest.mark.parametrize("header", ["Origin", "Referer"])
def test_a_proxy_that_keeps_its_own_host(
    strict: Flask, debug: bool, caplog: pytest.LogCaptureFixture, header: str
) -> None:
    headers = {"Referer": "https://blog.example/login", header: "https://blog.example"}
    message = send(strict, debug, caplog, **headers)
    assert "The request was sent to 'https://localhost/'" in message
    assert "https://blog.example" in message
    assert "set PROXY_FIX to the number of proxies" in message


def test_with_proxy_fix_the_same_form_is_accepted(tmp_path_factory: pytest.TempPathFactory) -> None:
    for option in CHECKS_ORIGIN:
        app = ready_app(tmp_path_factory.mktemp("instance"), ROOT, STACK_FORMS=option, PROXY_FIX=1)
        client = app.test_client()
        forwarded = {"X-Forwarded-Host": "blog.example", "X-Forwarded-Proto": "https"}
        page = client.get("/login", headers=forwarded)
        found = TOKEN.search(page.text)
        assert found
        source = {"Origin": "https://blog.example", "Referer": "https://blog.example/login"}
        data = {found[1]: unescape(found[2]), "email": "x@test.com", "password": PASSWORD}
        assert client.post("/login", data=data, headers={**forwarded, **source}).status_code == 401


def test_a_form_without_a_token(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.debug = False
    Browser(app).client.post("/login")
    (record,) = [record for record in caplog.records if record.name == app.logger.name]
    assert "missing" in record.getMessage() or "not set" in record.getMessage()
    assert "The browser sent no session cookie." in record.getMessage()


def test_a_cookie_that_needs_https(
    app: Flask, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "SESSION_COOKIE_SECURE", True)
    app.debug, browser = False, Browser(app)
    token = browser.token()
    browser.forget_session()  # as a browser does that keeps the cookie back
    assert browser.client.post("/login", data=token).status_code == 400
    assert "set SESSION_COOKIE_SECURE to false" in caplog.text


def test_a_wrong_token(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    app.debug = False
    browser = Browser(app)
    ((field, _),) = browser.token().items()
    browser.client.post("/login", data={field: "x" * 64})
    (record,) = [record for record in caplog.records if record.name == app.logger.name]
    assert "token" in record.getMessage()
    assert "session cookie" not in record.getMessage()


def test_a_line_break_does_not_forge_a_line_of_the_log(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    Browser(app).client.post("/profile/a%0Ab/follow", headers={"Referer": "http://x/"})
    (record,) = [record for record in caplog.records if record.name == app.logger.name]
    assert "\n" not in record.getMessage()


COOKIE = {"Cookie": "session=x"}


@pytest.mark.parametrize(
    ("secure", "scheme", "headers", "advice"),
    [
        (True, "http", {}, "The browser keeps back the session cookie"),
        (True, "https", {}, "The browser sent no session cookie"),
        (False, "http", {}, "The browser sent no session cookie"),
        (
            False,
            "https",
            {**COOKIE, "Origin": "https://blog.example", "Referer": "https://localhost/"},
            "If the form is",
        ),
        (False, "https", {**COOKIE, "Referer": "https://blog.example/"}, "If the form is"),
        (False, "https", {**COOKIE, "Origin": "http://localhost"}, "If the form is"),
        (False, "https", COOKIE, "Over HTTPS, a form needs a Referer"),
        (False, "https", {**COOKIE, "Origin": "https://localhost"}, None),
        (False, "http", {**COOKIE, "Referer": "http://localhost/login"}, None),
        (False, "http", COOKIE, None),
    ],
)
def test_the_advice(secure: bool, scheme: str, headers: dict[str, str], advice: str | None) -> None:
    app = Flask(__name__)
    app.config["SESSION_COOKIE_SECURE"] = secure
    with app.test_request_context("/", base_url=f"{scheme}://localhost", headers=headers):
        given = advise()
    assert len(given) == (advice is not None)
    assert all(sentence.startswith(advice or "") for sentence in given)

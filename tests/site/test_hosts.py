"""Hosts that the site does not answer for, and links that must not repeat them."""

import logging

import pytest
from flask import Flask, url_for

from assembly_required import create_app
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_error
from assembly_required.contract.people import People
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from assembly_required.web import outbox
from tests.conftest import ROOT, MakeApp
from tests.site.browser import TOKEN

EVIL = "http://evil.example"
WITH_ADDRESSES = ["/feed.atom", "/feed.rss", "/sitemap.xml", "/sitemap-1.xml"]


@pytest.fixture(scope="module", params=SLOTS["login"].names)
def trusting(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app that answers for two domains, on each option of ``login``, because a page may ask who looks at it."""
    config = {"TRUSTED_HOSTS": ["blog.example", ".sub.example"], "STACK_LOGIN": request.param}
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, **config)


@pytest.mark.parametrize("host", ["blog.example", "blog.example:8000", "a.sub.example"])
def test_a_trusted_host(trusting: Flask, host: str) -> None:
    client = trusting.test_client()
    assert client.get("/", base_url=f"http://{host}").status_code == 200
    assert f"http://{host}/feed.atom" in client.get("/feed.atom", base_url=f"http://{host}").text


@pytest.mark.parametrize("path", ["/", "/login", "/nothing", "/docs/", "/static/site.css", "/feed.atom"])
def test_another_host_gets_a_page(trusting: Flask, path: str, caplog: pytest.LogCaptureFixture) -> None:
    page = trusting.test_client().get(path, base_url=EVIL)
    assert (page.status_code, page.mimetype) == (400, "text/html")
    assert "This site does not answer for this host." in page.text
    assert "evil" not in page.text
    assert "frame-ancestors 'none'" in page.headers["Content-Security-Policy"]
    (record,) = caplog.records
    assert record.levelno == logging.WARNING
    assert "evil.example" in record.getMessage()
    assert "add it to TRUSTED_HOSTS" in record.getMessage()


def test_another_host_gets_json_below_the_api(trusting: Flask) -> None:
    response = trusting.test_client().get("/api/tags", base_url=EVIL)
    assert response.status_code == 400
    assert response.get_json() == {"errors": {"request": ["bad request"]}}


def test_a_form_sent_to_another_host(trusting: Flask) -> None:
    assert trusting.test_client().post("/login", base_url=EVIL, data={"email": "x"}).status_code == 400


def test_another_host_before_setup() -> None:
    app = create_app({"INSTANCE_PATH": "nowhere", "TRUSTED_HOSTS": ["blog.example"]}, root=ROOT)
    page = app.test_client().get("/", base_url=EVIL)
    assert page.status_code == 503
    assert "Run: flask setup" in page.text


@pytest.fixture(scope="module")
def unaware(tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app that does not know its address."""
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT)


@pytest.mark.parametrize("path", WITH_ADDRESSES)
def test_no_document_repeats_a_foreign_host(unaware: Flask, path: str, caplog: pytest.LogCaptureFixture) -> None:
    client = unaware.test_client()
    assert "http://localhost/" in client.get(path).text
    refused = client.get(path, base_url=EVIL)
    assert refused.status_code == 503
    assert "evil" not in refused.text
    assert "SITE_URL is not set" in caplog.text


def test_robots_txt_repeats_no_foreign_host(unaware: Flask) -> None:
    """It is served all the same: search engines take an error for a ban."""
    text = unaware.test_client().get("/robots.txt", base_url=EVIL).text
    assert text == "User-agent: *\nDisallow: /api/"


@pytest.mark.parametrize("option", SLOTS["docs_ui"].names)
def test_the_documentation_repeats_no_foreign_host(make_app: MakeApp, option: str) -> None:
    assert "evil" not in make_app(STACK_DOCS_UI=option).test_client().get("/docs/", base_url=EVIL).text


def ask_for_mail(app: Flask, host: str = "http://blog.example", email: str = "nobody@test.com") -> int:
    client = app.test_client()
    found = TOKEN.search(client.get("/password/reset", base_url=host).text)
    assert found
    data = {found[1]: found[2], "email": email}
    return client.post("/password/reset", base_url=host, data=data).status_code


def test_mail_without_an_address_is_for_a_trusted_host_only(trusting: Flask, unaware: Flask) -> None:
    assert ask_for_mail(trusting) == 302
    assert ask_for_mail(unaware) == 503


def test_flask_alone_puts_a_foreign_host_into_a_link() -> None:
    app = Flask(__name__)
    app.add_url_rule("/password/reset/<token>", "reset")
    with app.test_request_context("/password/reset", base_url=EVIL):
        assert url_for("reset", token="x", _external=True) == f"{EVIL}/password/reset/x"
    app.config["TRUSTED_HOSTS"] = ["localhost"]
    assert app.test_client().get("/", base_url=EVIL).status_code == 400


def test_no_letter_repeats_a_foreign_host(unaware: Flask) -> None:
    user = People(Client(in_process(unaware))).new()
    assert ask_for_mail(unaware, EVIL, user.email) == 503
    assert ask_for_mail(unaware, "http://localhost", user.email) == 302
    assert assembled(unaware).tasks.join(10)
    (letter,) = outbox.letters(unaware)
    assert letter.to == user.email
    assert "http://localhost/password/reset/" in letter.text


def test_all_hosts_are_answered_by_default(unaware: Flask) -> None:
    assert unaware.test_client().get("/", base_url=EVIL).status_code == 200
    expect_error(Client(in_process(unaware)).get("/nothing"), 404, request="not found")

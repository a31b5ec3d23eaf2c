"""Behind a path prefix: no link, form, file, redirect or cookie leaves it, and every page that is linked exists."""

import re
from html import unescape
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client as WSGIClient
from werkzeug.test import TestResponse
from werkzeug.wrappers import Response

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People, Person
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.slots import SLOTS
from assembly_required.web import outbox
from tests.conftest import ROOT, MakeApp
from tests.site.browser import TOKEN, grant

PREFIX = "/blog"
HOST = "http://localhost"
LINK = re.compile(r'<(?P<tag>\w+)[^>]*?\s(?:href|src|action)="(?P<url>[^"]*)"')
NOT_FOLLOWED = re.compile(r"/source/|/export/|/action/|[?&](?:o|sort|desc|flt\w*|page_size|at__\w+|created_at\w*)=")
"""Other orders of the same lists, the sources of the adapters, and what only forms open."""

STACKS = {
    "classic": {"STACK_ADMIN": "flask_admin"},
    "bare": {"STACK": "bare", "STACK_DOCS_UI": "redoc", "STACK_ADMIN": "flask_admin"},
    "django": {"STACK": "django", "STACK_ADMIN": "django"},
}


@pytest.fixture(scope="module", params=STACKS)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, **STACKS[request.param])


@pytest.fixture
def writer(app: Flask) -> Person:
    """A member of staff with a picture, an article and a comment."""
    writer = People(Client(in_process(app))).new()
    writer.put("/user", {"user": {"image": f"/avatars/{writer.username}.svg"}})
    writer.comment(writer.publish(tagList=["tag"])["slug"])
    grant(app, writer, "staff")
    return writer


class Visitor:
    """A browser. Only URLs below the prefix reach the app: all others are 404."""

    def __init__(self, app: Flask) -> None:
        self.client = WSGIClient(DispatcherMiddleware(Response("elsewhere", 404), {PREFIX: app}))

    def get(self, path: str) -> TestResponse:
        return self.client.get(path, base_url=HOST)

    def submit(self, path: str, *, on: str = "", **fields: str) -> TestResponse:
        found = TOKEN.search(self.get(on or path).text)
        assert found, path
        response = self.client.post(path, base_url=HOST, data={found[1]: unescape(found[2]), **fields})
        response.close()
        return response

    def sign_in(self, user: Person, next: str = "", **fields: str) -> TestResponse:
        path = f"{PREFIX}/login?next={next}" if next else f"{PREFIX}/login"
        return self.submit(path, email=user.email, password=PASSWORD, **fields)


@pytest.fixture
def visitor(app: Flask) -> Visitor:
    return Visitor(app)


def is_inside(path: str) -> bool:
    return urlsplit(path).path == PREFIX or path.startswith(f"{PREFIX}/")


def links(page: TestResponse, path: str) -> set[tuple[str, str]]:
    """Return what a page names on this host, as (element, path with query)."""
    found = [(match["tag"], urljoin(f"{HOST}{path}", unescape(match["url"]))) for match in LINK.finditer(page.text)]
    return {(tag, url.removeprefix(HOST).partition("#")[0]) for tag, url in found if url.startswith(HOST)}


def crawl(visitor: Visitor, start: str) -> dict[str, int]:
    """Follow every link and open every file that pages name. Forms are not sent, but where they lead is checked."""
    seen: dict[str, int] = {}
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in seen:
            continue
        with visitor.get(path) as page:
            seen[path] = page.status_code
            if target := page.headers.get("Location"):
                waiting.append(urljoin(f"{HOST}{path}", target).removeprefix(HOST))
            if page.mimetype == "text/html":
                named = links(page, path)
                assert {target for _, target in named if not is_inside(target)} == set(), path
                waiting += [target for tag, target in named if tag != "form" and not NOT_FOLLOWED.search(target)]
    return seen


@pytest.mark.parametrize("signed_in", [False, True], ids=["anyone", "staff"])
def test_no_link_leaves_the_prefix(visitor: Visitor, writer: Person, signed_in: bool) -> None:
    if signed_in:
        visitor.sign_in(writer)
    seen = crawl(visitor, f"{PREFIX}/")
    assert {path: status for path, status in seen.items() if status not in (200, 302, 308)} == {}
    wanted = {"/", "/docs/", "/feed.atom", "/static/site.css", f"/avatars/{writer.username}.svg"}
    wanted |= {"/editor", "/settings", "/admin/"} if signed_in else {"/login", "/register"}
    assert {f"{PREFIX}{path}" for path in wanted} <= seen.keys()


def test_signing_in_leads_back_to_the_page_that_asked_for_it(visitor: Visitor, writer: Person) -> None:
    assert visitor.get(f"{PREFIX}/settings").headers["Location"] == f"{PREFIX}/login?next={PREFIX}/settings"
    assert visitor.get(f"{PREFIX}/admin/").headers["Location"] == f"{PREFIX}/login?next={PREFIX}/admin/"
    response = visitor.sign_in(writer, next=f"{PREFIX}/settings")
    assert response.headers["Location"] == f"{PREFIX}/settings"


@pytest.mark.parametrize("next", ["/", "/blogger", f"{PREFIX}/../shop", f"{PREFIX}/%252e%252e/shop"])
def test_signing_in_does_not_lead_out(visitor: Visitor, writer: Person, next: str) -> None:
    assert visitor.sign_in(writer, next=next).headers["Location"] == f"{PREFIX}/"


def test_a_button_leads_back_to_its_page(visitor: Visitor, writer: Person) -> None:
    visitor.sign_in(writer)
    page = visitor.get(f"{PREFIX}/tag/tag?page=1").text
    assert f'<input type="hidden" name="next" value="{PREFIX}/tag/tag?page=1">' in page
    (press, *_) = re.findall(r'action="([^"]+/favorite)"', page)
    response = visitor.submit(press, on=f"{PREFIX}/", next=f"{PREFIX}/tag/tag")
    assert response.headers["Location"] == f"{PREFIX}/tag/tag"


def test_the_cookies_are_for_the_prefix(visitor: Visitor, writer: Person) -> None:
    session, *remember = visitor.sign_in(writer, remember="y").headers.getlist("Set-Cookie")[::-1]
    assert f"Path={PREFIX};" in f"{session};"
    assert len(remember) == 1
    visitor.submit(f"{PREFIX}/logout", on=f"{PREFIX}/settings")
    assert "/login" in visitor.get(f"{PREFIX}/settings").headers["Location"]


@pytest.mark.parametrize("option", SLOTS["login"].names)
def test_the_remember_cookie_is_for_the_prefix_of_the_address(make_app: MakeApp, option: str) -> None:
    """Flask-Login takes the path of its cookie from the configuration, so it does not know SCRIPT_NAME."""
    app = make_app(STACK_LOGIN=option, SITE_URL=f"https://example.org{PREFIX}")
    user = People(Client(in_process(app))).new()
    cookies = Visitor(app).sign_in(user, remember="y").headers.getlist("Set-Cookie")
    assert len(cookies) == 2
    assert all(f"; Path={PREFIX};" in f"{cookie};" for cookie in cookies)


def test_mail_feeds_and_sitemaps_link_below_the_prefix(app: Flask, visitor: Visitor, writer: Person) -> None:
    visitor.submit(f"{PREFIX}/password/reset", email=writer.email)
    letter = next(letter for letter in outbox.letters(app) if letter.to == writer.email)
    (link,) = re.findall(r"http\S+", letter.text)
    assert link.startswith(f"{HOST}{PREFIX}/password/reset/")
    assert visitor.get(link.removeprefix(HOST)).status_code == 200
    for path in ("/feed.atom", "/feed.rss", "/sitemap.xml", "/sitemap-1.xml", "/robots.txt"):
        text = visitor.get(f"{PREFIX}{path}").text
        named = re.findall(r"http://localhost[^\s<\"]*", text)
        assert named, path
        for url in named:
            assert visitor.get(url.removeprefix(HOST)).status_code == 200, url


def test_the_document_of_the_api_names_the_prefix(app: Flask, visitor: Visitor) -> None:
    document = visitor.get(f"{PREFIX}/docs/openapi.json").json
    assert document
    assert document["servers"] == [{"url": PREFIX}]
    assert visitor.get(f"{PREFIX}/api/tags").status_code == 200
    assert "servers" not in app.test_client().get("/docs/openapi.json").get_json()


@pytest.mark.parametrize("site_url", ["https://example.org/blog", "https://example.org/blog/", "https://example.org"])
def test_an_address_with_a_path_is_not_doubled(make_app: MakeApp, site_url: str) -> None:
    visitor = Visitor(make_app(SITE_URL=site_url))
    feed = ElementTree.fromstring(visitor.get(f"{PREFIX}/feed.atom").data)  # noqa: S314 - our own
    assert feed.findtext("{http://www.w3.org/2005/Atom}id") == "https://example.org/blog/"


def test_a_proxy_that_removes_the_path_without_a_word(make_app: MakeApp) -> None:
    """Without SCRIPT_NAME only the address of the site knows the path."""
    feed = make_app(SITE_URL="https://example.org/blog").test_client().get("/feed.atom")
    assert "<id>https://example.org/blog/</id>" in feed.text


FORWARDED = {
    "X-Forwarded-For": "203.0.113.7",
    "X-Forwarded-Proto": "https",
    "X-Forwarded-Host": "example.org",
    "X-Forwarded-Prefix": PREFIX,
}


@pytest.mark.parametrize(("proxies", "address"), [(1, "https://example.org/blog/"), (0, "http://localhost/")])
def test_the_headers_of_a_proxy_count_only_if_there_is_one(make_app: MakeApp, proxies: int, address: str) -> None:
    app = make_app(PROXY_FIX=proxies, TRUSTED_HOSTS=["example.org", "localhost"])
    assert f"<id>{address}</id>" in app.test_client().get("/feed.atom", headers=FORWARDED).text

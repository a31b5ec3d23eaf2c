"""The bar at the end of each page, in a browser that has opened the workbench."""

import re
import time
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.test import Client
from werkzeug.wrappers import Response

from assembly_required.workbench.bar import add_bar
from assembly_required.workbench.browser import Chosen
from assembly_required.workbench.recording.recorder import Recording
from tests.workbench.recorded import request_to
from tests.workbench.visitor import DEVELOPMENT, Visitor, open_workbench


@pytest.fixture
def guest(visitor: Visitor) -> Visitor:
    """A browser that has opened the workbench."""
    visitor.get("/workbench")
    return visitor


def read_bar(page: str) -> str:
    """Return the text of the bar, with single spaces."""
    (bar,) = re.findall(r'<aside class="workbench-bar".*?</aside>', page, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", bar).split())


def test_nobody_else_has_a_bar(visitor: Visitor) -> None:
    assert "workbench" not in visitor.get("/").text


def test_it_names_what_the_request_did(guest: Visitor) -> None:
    bar = read_bar(guest.get("/").text)
    assert re.fullmatch(
        r"Stack classic \d+ SQL statements in \d+\.\d ms \d+\.\d ms in all 1 template about \d+\.\d ms to record this "
        r"This request Hide",
        bar,
    )


def test_it_names_the_slots_that_differ(guest: Visitor) -> None:
    guest.use(orm="plain", mail="plain")
    assert read_bar(guest.get("/").text).startswith("Stack classic , orm = plain, mail = plain ")


def test_it_leads_to_the_request_and_back_to_the_page(guest: Visitor) -> None:
    page = guest.get("/tag/fl%C3%A4sk?page=1").text
    (entry,) = re.findall(r'href="(/workbench/requests/\w+)"', page)
    assert guest.get(entry).status_code == 200
    (board,) = re.findall(r'href="(/workbench\?from=[^"]+)"', page)
    assert '<a href="/tag/fl%C3%A4sk?page=1">Back to the page' in guest.get(board).text


def test_the_style_sheet_is_linked_in_the_head(guest: Visitor) -> None:
    page = guest.get("/").text
    (address,) = re.findall(r'<link rel="stylesheet" href="(\S+bar\.css)">', page.partition("</head>")[0])
    assert guest.get(address).mimetype == "text/css"


def test_the_length_is_right_and_no_cache_keeps_the_page(guest: Visitor) -> None:
    response = guest.get("/")
    assert response.content_length == len(response.data)
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/api/tags", "/feed.atom", "/static/site.css", "/docs/openapi.json", "/robots.txt"])
def test_what_is_no_page_is_left_alone(visitor: Visitor, path: str) -> None:
    before = visitor.get(path).data
    visitor.get("/workbench")
    assert visitor.get(path).data == before


def test_head_is_left_alone(guest: Visitor) -> None:
    assert guest.client.head("/").data == b""


@pytest.mark.parametrize(
    ("headers", "content"),
    [
        ({"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"<head></head><body></body>"),
        ({"Content-Type": "text/plain"}, b"<head></head><body></body>"),
        ({"Content-Type": "text/html"}, b"<p>a part of a page</p>"),
        ({"ETag": '"a"'}, b""),
    ],
)
def test_other_content_is_returned_as_it_is(headers: dict[str, str], content: bytes) -> None:
    recording = Recording(request_to("/"), "classic", {})
    sent, page = add_bar(Chosen(), recording, {"PATH_INFO": "/"}, [*headers.items()], content)
    assert (dict(sent), page) == (headers, content)


def test_the_page_of_the_api_documentation_may_send_the_form_of_the_bar(guest: Visitor) -> None:
    response = guest.get("/docs/")
    assert "Hide" in read_bar(response.text)
    assert "form-action 'self'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", ["/", "/login", "/register", "/article/after-the-response"])
def test_pages_keep_the_rules_of_the_contract(guest: Visitor, path: str) -> None:
    page = guest.get(path).text
    assert len(re.findall(r'class="navbar"', page)) == 1
    assert len(re.findall(r'href="/login"', page)) == 1
    assert len(re.findall(r'href="/register"', page)) == 1
    first = re.search(r'<button[^>]*type="submit"[^>]*>', page)
    assert first
    if path in ("/login", "/register"):
        assert "Hide this bar" not in first[0]
    assert page.index("</main>") < page.index("workbench-bar")


def test_hide_goes_back_to_the_page_and_to_the_configured_stack(guest: Visitor) -> None:
    guest.use(stack="bare")
    response = guest.send("/workbench/off", **{"from": "/login?next=/editor"})
    assert response.location == "/login?next=/editor"
    assert guest.stack == ""
    guest.get("/workbench")
    assert guest.stack == "classic"


def test_hide_needs_the_token_of_this_browser(guest: Visitor) -> None:
    response = guest.client.post("/workbench/off", data={"csrf_token": "another"})
    assert response.status_code == 400
    assert "Nothing was changed" in response.text
    assert guest.stack == "classic"


@pytest.mark.parametrize("elsewhere", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", ""])
def test_hide_does_not_leave_the_site(guest: Visitor, elsewhere: str) -> None:
    assert guest.send("/workbench/off", **{"from": elsewhere}).location == "/"


def test_links_stay_below_a_path_prefix(blog: Flask) -> None:
    client = Client(DispatcherMiddleware(blog, {"/blog": blog}), Response)
    environ = {**DEVELOPMENT, "HTTP_HOST": "localhost"}
    board = client.get("/blog/workbench", environ_overrides=environ).text
    page = client.get("/blog/login", environ_overrides=environ).text
    assert 'class="workbench-bar"' in page
    for text in (board, page):
        addresses = re.findall(r'(?:href|action)="(/[^"]*)"', text)
        assert addresses
        assert [each for each in addresses if not each.startswith("/blog/")] == []
    assert '"/blog/workbench?from=/blog/login"' in page


def test_to_render_it_takes_little_time() -> None:
    recording = Recording(request_to("/"), "classic", {"orm": "peewee"})
    content = b"<html><head></head><body>" + b"<p>text</p>" * 1_000 + b"</body></html>"

    def measure() -> float:
        start = time.process_time()
        for _ in range(200):
            headers = [("Content-Type", "text/html"), ("ETag", '"a"')]
            add_bar(Chosen("id", "csrf"), recording, {"PATH_INFO": "/"}, headers, content)
        return (time.process_time() - start) / 200

    assert min(measure() for _ in range(5)) < 0.000_3


def test_print_leaves_it_out(blog: Flask) -> None:
    style = Path(open_workbench(blog).desk.static_folder or "", "bar.css").read_text()
    assert "@media print { .workbench-bar { display: none; } }" in style

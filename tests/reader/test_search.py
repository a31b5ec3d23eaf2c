"""The search, for readers without JavaScript; tests/browser has the one of the browser."""

import json

import pytest
from flask.testing import FlaskClient

from assembly_required.reader.searching import read_index, search

pytestmark = pytest.mark.usefixtures("context")


@pytest.mark.parametrize(
    ("query", "url"),
    [
        ("select_related", "/tutorial/orm/#in-django"),
        ("CSRF", "/tutorial/from_django/#csrfviewmiddleware"),
        ("password hashers", "/tutorial/hashing/#plain"),
        ("admin", "/tutorial/admin/"),
        ("migrations", "/tutorial/migrations/"),
        ("makemigrations", "/tutorial/migrations/#flask_migrate"),
        ("permissions", "/tutorial/permissions/"),
        ("feeds", "/tutorial/code/web.site.feeds/"),
        ("login_required", "/tutorial/login/#flask_login"),
        ("throttling", "/tutorial/limits/"),
        ("serializers", "/tutorial/validation/"),
        ("create_app", "/tutorial/code/factory/#create_app"),
    ],
)
def test_what_a_reader_from_django_looks_for_comes_first(query: str, url: str) -> None:
    assert url in [hit.url for hit in search(query)[:2]]


def test_every_word_has_to_occur() -> None:
    assert search("hashing argon2")
    assert search("hashing xylophone") == []
    assert search("  ") == []


def test_the_page_shows_what_was_found(client: FlaskClient) -> None:
    page = client.get("/tutorial/search/?q=create_app").text
    assert 'href="/tutorial/code/factory/#create_app"' in page
    page = client.get("/tutorial/search/", query_string={"q": "<script>alert(1)</script>"}).text
    assert "<script>alert" not in page
    assert "0 found" in page


def test_the_index_of_the_browser_has_the_same_entries(client: FlaskClient) -> None:
    script = client.get("/tutorial/index.js")
    assert script.mimetype == "text/javascript"
    rows = json.loads(script.text.removeprefix("const tutorialIndex = ").removesuffix(";\n"))
    shown = [
        (place, title, [entry if isinstance(entry, str) else entry[0] for entry in entries])
        for place, pages in rows
        for title, _, _, entries in pages
    ]
    assert shown == [(each.place, each.page.title, [entry.title for entry in each.entries]) for each in read_index()]

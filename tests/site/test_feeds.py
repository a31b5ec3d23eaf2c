"""The Atom and RSS feeds and the sitemap."""

from email.utils import parsedate_to_datetime
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from sqlalchemy import text

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.stack.slots import SLOTS
from assembly_required.web.site import feeds
from tests.conftest import MakeApp
from tests.slots.orm.conftest import by_hand

ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
HOSTILE = ']]><script>alert(1)</script> & "quoted" \ufffe 😀'


@pytest.fixture
def app(make_app: MakeApp) -> Flask:
    return make_app(SITE_URL="https://blog.example")


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


def xml(app: Flask, path: str, kind: str) -> ElementTree.Element:
    response = app.test_client().get(path)
    assert response.status_code == 200, path
    assert response.mimetype == kind
    return ElementTree.fromstring(response.data)  # noqa: S314 - our own


def test_an_empty_blog_has_feeds(app: Flask) -> None:
    assert xml(app, "/feed.atom", "application/atom+xml").findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"
    assert xml(app, "/feed.rss", "application/rss+xml").findall("channel/item") == []
    assert len(xml(app, "/sitemap-1.xml", "application/xml")) == 1


def test_atom(app: Flask, people: People) -> None:
    author = people.new()
    for _ in range(21):
        author.publish()
    article = author.publish(title=HOSTILE, description=HOSTILE, tagList=["a<b"])
    feed = xml(app, "/feed.atom", "application/atom+xml")
    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == 20
    entry = entries[0]
    assert entry.findtext(f"{ATOM}title") == HOSTILE.replace("\ufffe", "")
    address = f"https://blog.example/article/{article['slug']}"
    assert entry.findtext(f"{ATOM}id") == address
    link = entry.find(f"{ATOM}link")
    assert link is not None
    assert link.get("href") == address
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == author.username
    assert entry.findtext(f"{ATOM}published") == article["createdAt"].replace("+00:00", "Z")
    category = entry.find(f"{ATOM}category")
    assert category is not None
    assert category.get("term") == "a<b"
    assert feed.findtext(f"{ATOM}updated") == article["updatedAt"]
    assert [link.get("href") for link in feed.findall(f"{ATOM}link")] == [
        "https://blog.example/",
        "https://blog.example/feed.atom",
    ]


def test_rss(app: Flask, people: People) -> None:
    article = people.new().publish(title=HOSTILE, tagList=["a<b"])
    channel = xml(app, "/feed.rss", "application/rss+xml").find("channel")
    assert channel is not None
    (item,) = channel.findall("item")
    assert item.findtext("guid") == item.findtext("link") == f"https://blog.example/article/{article['slug']}"
    assert item.findtext("category") == "a<b"
    published = parsedate_to_datetime(item.findtext("pubDate") or "")
    assert published.isoformat()[:19] == article["createdAt"][:19]


def test_the_feed_of_an_author(app: Flask, people: People) -> None:
    author, other = people.new(), people.new()
    author.publish()
    other.publish()
    feed = xml(app, f"/profile/{author.username}/feed.atom", "application/atom+xml")
    assert len(feed.findall(f"{ATOM}entry")) == 1
    assert len(xml(app, f"/profile/{author.username}/feed.rss", "application/rss+xml").findall("channel/item")) == 1
    assert app.test_client().get("/profile/nobody/feed.atom").status_code == 404
    assert app.test_client().get("/feed.json").status_code == 404


def test_stored_control_characters_are_left_out(app: Flask, people: People) -> None:
    """They are refused, but may be stored by an earlier version."""
    author = people.new()
    slug = author.publish()["slug"]
    bad = "a\x01\x1b\ufffeb"
    with by_hand(app) as connection:
        connection.execute(text("UPDATE users SET username = :bad"), {"bad": bad})
        connection.execute(text("UPDATE articles SET title = :bad, description = :bad"), {"bad": bad})
        connection.execute(text("INSERT INTO tags (name) VALUES (:bad)"), {"bad": bad})
        connection.execute(
            text("INSERT INTO article_tags (article_id, tag_id, position, created_at) SELECT 1, id, 0, '' FROM tags")
        )
    path = f"/profile/{quote(bad)}/feed"
    for feed in ("/feed.atom", f"{path}.atom"):
        entry = xml(app, feed, "application/atom+xml").find(f"{ATOM}entry")
        assert entry is not None
        category = entry.find(f"{ATOM}category")
        assert category is not None
        read = [entry.findtext(f"{ATOM}{name}") for name in ("title", "summary", f"author/{ATOM}name")]
        assert [*read, category.get("term")] == ["ab"] * 4
    for feed in ("/feed.rss", f"{path}.rss"):
        item = xml(app, feed, "application/rss+xml").find("channel/item")
        assert item is not None
        assert [item.findtext(name) for name in ("title", "description", "category")] == ["ab"] * 3
    assert xml(app, f"{path}.atom", "application/atom+xml").findtext(f"{ATOM}title") == "Conduit: ab"
    assert slug in (xml(app, "/sitemap-1.xml", "application/xml")[1][0].text or "")


def test_the_sitemap_has_every_article(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "SITEMAP_LENGTH", 3)
    author = people.new()
    slugs = {author.publish()["slug"] for _ in range(7)}
    index = [element.text for element in xml(app, "/sitemap.xml", "application/xml").iter(f"{SITEMAP}loc")]
    assert index == [f"https://blog.example/sitemap-{page}.xml" for page in (1, 2, 3)]
    found = [
        element.text or ""
        for page in (1, 2, 3)
        for element in xml(app, f"/sitemap-{page}.xml", "application/xml").iter(f"{SITEMAP}loc")
    ]
    assert found[0] == "https://blog.example/"
    assert {address.removeprefix("https://blog.example/article/") for address in found[1:]} == slugs
    assert app.test_client().get("/sitemap-4.xml").status_code == 404


@pytest.mark.parametrize("orm", SLOTS["orm"].names)
def test_a_sitemap_that_does_not_exist(make_app: MakeApp, orm: str) -> None:
    client = make_app(STACK_ORM=orm).test_client()
    for page in ("0", "-1", "2", "50000", "50001", "9" * 30, "9" * 5_000, "x", "²"):
        assert client.get(f"/sitemap-{page}.xml").status_code == 404, page


def test_a_robot_is_told_where_it_lies(app: Flask) -> None:
    assert "Sitemap: https://blog.example/sitemap.xml" in app.test_client().get("/robots.txt").text


def test_a_page_names_its_feed(app: Flask) -> None:
    assert 'type="application/atom+xml" title="Conduit" href="/feed.atom"' in app.test_client().get("/").text

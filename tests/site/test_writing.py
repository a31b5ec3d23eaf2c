"""The editor, comments, favorites and following."""

import re
from html import unescape
from typing import Any

import pytest

from assembly_required.contract.people import People, Person, unique
from tests.site.browser import Browser, errors, text_in, value


def read(people: People, slug: str) -> dict[str, Any]:
    article: dict[str, Any] = people.anyone.get(f"/articles/{slug}").json["article"]
    return article


@pytest.fixture
def author(browser: Browser, people: People) -> Person:
    """A browser of a signed-in user."""
    author = people.new("author")
    browser.sign_in(author)
    return author


def test_publishing_and_editing(browser: Browser, author: Person, people: People) -> None:
    title = unique("Title")
    form = {"title": title, "description": "About", "body": "One\r\nTwo", "tags": ["a, b", "é"], "typed_tags": "c, d"}
    page = browser.submit("/editor", **form)
    slug = page.headers["Location"].removeprefix("/article/")
    article = read(people, slug)
    assert (article["title"], article["body"]) == (title, "One\nTwo")
    assert article["tagList"] == ["a, b", "é", "c", "d"]
    assert "Published." in browser.get(f"/article/{slug}").text
    assert "Published." not in browser.get(f"/article/{slug}").text

    path = f"/editor/{slug}"
    page = browser.get(path)
    assert (value(page, "title"), text_in(page, "body")) == (title, "One\nTwo")
    ticked = re.findall(r'type="checkbox" name="tags" value="([^"]*)" checked', page.text)
    assert [unescape(tag) for tag in ticked] == article["tagList"]
    saved = browser.submit(path, title=title, description="Now", body="\nThree", typed_tags="")
    assert saved.headers["Location"] == f"/article/{slug}"
    article = read(people, slug)
    assert (article["description"], article["body"], article["tagList"]) == ("Now", "\nThree", [])
    renamed = browser.submit(path, title=f"{title} anew", description="Now", body="Four")
    assert renamed.headers["Location"] != f"/article/{slug}"
    assert renamed.headers["Location"].startswith("/article/")


def test_a_rejected_article_keeps_the_text_in_the_form(browser: Browser, author: Person) -> None:
    form = {"title": "T" * 201, "description": " ", "body": "<b>\r\nkeep", "tags": ["kept"], "typed_tags": "x" * 51}
    page = browser.submit("/editor", **form)
    assert page.status_code == 422
    assert errors(page) == [
        "Title is too long (maximum is 200 characters)",
        "Description can't be blank",
        "Tags may be 20 at most, each of up to 50 characters",
    ]
    assert value(page, "title") == "T" * 201
    assert text_in(page, "body") == "<b>\nkeep"
    assert 'value="kept" checked' in page.text


def test_others_cannot_edit_or_delete(browser: Browser, author: Person, people: People) -> None:
    slug = people.new().publish()["slug"]
    page = browser.get(f"/article/{slug}").text
    assert "Edit Article" not in page
    assert "Delete Article" not in page
    assert browser.get(f"/editor/{slug}").status_code == 403
    form = {"title": "Mine", "description": "now", "body": "."}
    assert browser.post(f"/editor/{slug}", on="/settings", **form).status_code == 403
    assert browser.post(f"/article/{slug}/delete", on="/settings").status_code == 403
    assert read(people, slug)["title"] != "Mine"


def test_deleting(browser: Browser, author: Person, people: People) -> None:
    slug = author.publish()["slug"]
    assert "Delete Article" in browser.get(f"/article/{slug}").text
    assert browser.post(f"/article/{slug}/delete", on="/settings").headers["Location"] == "/"
    assert people.anyone.get(f"/articles/{slug}").status == 404


def test_favoriting_goes_back_to_where_the_visitor_was(browser: Browser, author: Person) -> None:
    slug = author.publish()["slug"]
    path = f"/article/{slug}"
    assert 'btn-outline-primary">Favorite Article (0)' in browser.get(path).text
    assert browser.post(f"{path}/favorite", on="/", next="/?page=1").headers["Location"] == "/?page=1"
    assert browser.post(f"{path}/favorite", on=path).headers["Location"] == path
    assert 'btn-primary">Unfavorite Article (1)' in browser.get(path).text
    browser.post(f"{path}/unfavorite", on=path)
    assert "Favorite Article (0)" in browser.get(path).text


def test_following(browser: Browser, author: Person, people: People) -> None:
    other = people.new("other")
    path = f"/profile/{other.username}"
    assert browser.post(f"{path}/follow", on=path).headers["Location"] == path
    assert f"Unfollow {other.username}" in browser.get(path).text
    slug = other.publish()["slug"]
    assert f'href="/article/{slug}"' in browser.get("/?feed=following").text
    browser.post(f"{path}/unfollow", on=path)
    assert f">Follow {other.username}" in browser.get(path).text


def test_commenting(browser: Browser, author: Person, people: People) -> None:
    slug = people.new().publish()["slug"]
    path = f"/article/{slug}"
    posted = browser.post(f"{path}/comments", on=path, body="First\r\nline <b>")
    assert posted.headers["Location"] == path
    page = browser.get(path)
    assert "<p>First\nline &lt;b&gt;</p>" in page.text
    assert text_in(page, "body") == ""
    page = browser.post(f"{path}/comments", on=path, body=" ")
    assert page.status_code == 422
    assert errors(page) == ["Your comment can't be blank"]
    page = browser.post(f"{path}/comments", on=path, body="x" * 10_001)
    assert errors(page) == ["Your comment is too long (maximum is 10000 characters)"]
    assert text_in(page, "body") == "x" * 10_001
    (comment,) = people.anyone.get(f"/articles/{slug}/comments").json["comments"]
    assert browser.post(f"{path}/comments/{comment['id']}/delete", on=path).headers["Location"] == path
    assert people.anyone.get(f"/articles/{slug}/comments").json["comments"] == []


def test_a_comment_of_others_stays(browser: Browser, author: Person, people: People) -> None:
    other = people.new()
    slug = author.publish()["slug"]
    id = other.comment(slug)["id"]
    assert "mod-options" not in browser.get(f"/article/{slug}").text
    assert browser.post(f"/article/{slug}/comments/{id}/delete", on="/settings").status_code == 403
    assert browser.post(f"/article/{slug}/comments/x/delete", on="/settings").status_code == 404


def test_a_stranger_who_acts_is_sent_to_sign_in_and_back(browser: Browser, people: People) -> None:
    slug = people.new().publish()["slug"]
    response = browser.post(f"/article/{slug}/favorite", next="/?page=2")
    assert response.headers["Location"] == "/login?next=/?page%3D2"
    assert browser.post(f"/article/{slug}/comments", body="x").headers["Location"] == "/login?next=/"


def test_a_stranger_who_follows_from_an_article_is_sent_to_sign_in_and_back(browser: Browser, people: People) -> None:
    author = people.new()
    path = f"/article/{author.publish()['slug']}"
    page = browser.get(path).text
    assert f"Follow {author.username}</button>" in page
    assert "Favorite Article" not in page
    response = browser.post(f"/profile/{author.username}/follow", on=path, next=path)
    assert response.headers["Location"] == f"/login?next={path}"

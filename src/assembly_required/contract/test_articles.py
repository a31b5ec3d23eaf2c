"""One article: create, read, update, delete and favorite it (section 1.4 of the contract)."""

from urllib.parse import quote

import pytest

from ..conduit import limits
from .client import Client
from .expect import SLUG, TIMESTAMP, expect_error, ok
from .people import People, unique


def test_publishing_returns_the_whole_article(people: People) -> None:
    author = people.new()
    title = unique("Title")
    new = {"title": title, "description": "D", "body": "B", "tagList": ["one", "two"]}
    article = ok(author.post("/articles", {"article": new}), 201)["article"]
    assert article == {
        "slug": SLUG,
        "title": title,
        "description": "D",
        "body": "B",
        "tagList": ["one", "two"],
        "createdAt": TIMESTAMP,
        "updatedAt": TIMESTAMP,
        "favorited": False,
        "favoritesCount": 0,
        "author": author.profile,
    }
    assert article["createdAt"] == article["updatedAt"]
    assert ok(people.anyone.get(f"/articles/{article['slug']}")) == {"article": article}


def test_an_article_needs_no_tags(people: People) -> None:
    assert people.new().publish()["tagList"] == []
    assert people.new().publish(tagList=[])["tagList"] == []


def test_tags_keep_their_order_and_their_letters(people: People) -> None:
    tags = ["zebra", "Apple", "_mid_1", "ünïcode", "two words", "c/c++"]
    article = people.new().publish(tagList=tags)
    assert article["tagList"] == tags
    assert ok(people.anyone.get(f"/articles/{article['slug']}"))["article"]["tagList"] == tags


def test_a_tag_given_twice_counts_once(people: People) -> None:
    assert people.new().publish(tagList=["b", "a", "b"])["tagList"] == ["b", "a"]


def test_two_articles_may_have_one_title(people: People) -> None:
    title = unique("Same")
    slugs = {people.new().publish(title=title)["slug"] for _ in range(3)}
    assert len(slugs) == 3


@pytest.mark.parametrize(
    "title", ["feed", "Feed!", "?", "你好", "a/b", "  padded  ", "x" * limits.TITLE, "İ" * limits.TITLE]
)
def test_every_title_makes_a_slug_that_works(people: People, title: str) -> None:
    article = people.new().publish(title=title)
    assert article["title"] == title
    assert article["slug"] == SLUG
    assert ok(people.anyone.get(f"/articles/{quote(article['slug'])}"))["article"]["title"] == title


def test_a_body_of_the_maximum_length_is_kept(people: People) -> None:
    body = "".join(f"é😀{number}\n" for number in range(20_000))[: limits.BODY]
    article = people.new().publish(body=body)
    assert article["body"] == body


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_an_unknown_slug_is_not_found(people: People, method: str) -> None:
    value = {"article": {"body": "B"}} if method == "PUT" else None
    expect_error(people.new().call(method, f"/articles/{unique('no')}", value), 404, article="not found")


def test_the_article_is_checked_before_the_payload(people: People) -> None:
    expect_error(people.new().call("PUT", f"/articles/{unique('no')}", b"{"), 404, article="not found")


def test_the_owner_is_checked_before_the_payload(people: People) -> None:
    slug = people.new().publish()["slug"]
    expect_error(people.new().call("PUT", f"/articles/{slug}", b"{"), 403, article="forbidden")


def test_slugs_differ_by_case(people: People) -> None:
    slug = people.new().publish(title=unique("case"))["slug"]
    expect_error(people.anyone.get(f"/articles/{slug.upper()}"), 404, article="not found")


@pytest.mark.parametrize("field", ["title", "description", "body"])
def test_one_field_can_be_changed(people: People, field: str) -> None:
    author = people.new()
    before = author.publish(tagList=["a", "b"])
    after = ok(author.put(f"/articles/{before['slug']}", {"article": {field: "changed"}}))["article"]
    slug = SLUG if field == "title" else before["slug"]
    assert after == before | {field: "changed", "slug": slug, "updatedAt": TIMESTAMP}
    assert after["updatedAt"] > before["updatedAt"]
    assert ok(people.anyone.get(f"/articles/{after['slug']}"))["article"] == after


def test_each_change_moves_the_time_of_the_last_change(people: People) -> None:
    author = people.new()
    article = author.publish()
    times = [article["updatedAt"]]
    for _ in range(5):
        changed = ok(author.put(f"/articles/{article['slug']}", {"article": {"body": "same"}}))["article"]
        assert changed["createdAt"] == article["createdAt"]
        times.append(changed["updatedAt"])
    assert times == sorted(set(times))


def test_the_slug_stays_while_the_title_does(people: People) -> None:
    author = people.new()
    article = author.publish()
    changes = {"title": article["title"], "body": "new"}
    assert ok(author.put(f"/articles/{article['slug']}", {"article": changes}))["article"]["slug"] == article["slug"]


def test_a_new_title_makes_a_new_slug_and_the_old_slug_is_not_found(people: People) -> None:
    author = people.new()
    before = author.publish()
    after = ok(author.put(f"/articles/{before['slug']}", {"article": {"title": unique("Other")}}))["article"]
    assert after["slug"] != before["slug"]
    expect_error(people.anyone.get(f"/articles/{before['slug']}"), 404, article="not found")


def test_a_new_title_may_be_the_title_of_another_article(people: People) -> None:
    author = people.new()
    first, second = author.publish(), author.publish()
    renamed = ok(author.put(f"/articles/{second['slug']}", {"article": {"title": first["title"]}}))["article"]
    assert renamed["title"] == first["title"]
    assert renamed["slug"] != first["slug"]


def test_absent_tags_stay_and_a_list_replaces_them(people: People) -> None:
    author = people.new()
    path = f"/articles/{author.publish(tagList=['a', 'b'])['slug']}"
    assert ok(author.put(path, {"article": {"body": "new"}}))["article"]["tagList"] == ["a", "b"]
    assert ok(author.put(path, {"article": {"tagList": ["c", "a"]}}))["article"]["tagList"] == ["c", "a"]
    assert ok(author.put(path, {"article": {"tagList": []}}))["article"]["tagList"] == []


def test_tags_cannot_be_null(people: People) -> None:
    author = people.new()
    path = f"/articles/{author.publish(tagList=['a'])['slug']}"
    expect_error(author.put(path, {"article": {"tagList": None}}), 422, tagList=limits.BLANK)
    assert ok(people.anyone.get(path))["article"]["tagList"] == ["a"]


@pytest.mark.parametrize("field", ["title", "description", "body"])
@pytest.mark.parametrize("nothing", ["", None, " \n"])
def test_required_fields_of_an_article_cannot_be_emptied(people: People, field: str, nothing: str | None) -> None:
    author = people.new()
    article = author.publish()
    path = f"/articles/{article['slug']}"
    expect_error(author.put(path, {"article": {field: nothing}}), 422, **{field: limits.BLANK})
    assert ok(people.anyone.get(path))["article"] == article


def test_an_update_without_fields_is_accepted(people: People) -> None:
    author = people.new()
    article = author.publish()
    ok(author.put(f"/articles/{article['slug']}", {"article": {}}))


def test_only_its_author_changes_or_deletes_an_article(people: People) -> None:
    article = people.new().publish()
    path = f"/articles/{article['slug']}"
    other = people.new()
    expect_error(other.put(path, {"article": {"body": "mine now"}}), 403, article="forbidden")
    expect_error(other.delete(path), 403, article="forbidden")
    assert ok(people.anyone.get(path))["article"] == article


def test_a_deleted_article_is_gone(people: People) -> None:
    author = people.new()
    path = f"/articles/{author.publish()['slug']}"
    assert author.delete(path).status == 204
    expect_error(people.anyone.get(path), 404, article="not found")
    expect_error(author.delete(path), 404, article="not found")


def test_favorites_are_counted_and_belong_to_the_viewer(people: People) -> None:
    author, reader = people.new(), people.new()
    before = author.publish(tagList=["a"])
    path = f"/articles/{before['slug']}"
    assert ok(reader.post(f"{path}/favorite"))["article"] == before | {"favorited": True, "favoritesCount": 1}
    assert ok(author.get(path))["article"] == before | {"favoritesCount": 1}
    assert ok(author.post(f"{path}/favorite"))["article"]["favoritesCount"] == 2
    assert ok(reader.delete(f"{path}/favorite"))["article"] == before | {"favoritesCount": 1}
    assert ok(people.anyone.get(path))["article"] == before | {"favoritesCount": 1}


def test_repeated_favorites_count_once(people: People) -> None:
    reader = people.new()
    path = f"/articles/{people.new().publish()['slug']}/favorite"
    for _ in range(2):
        assert ok(reader.post(path))["article"]["favoritesCount"] == 1
    for _ in range(2):
        assert ok(reader.delete(path))["article"]["favoritesCount"] == 0


@pytest.mark.parametrize("method", ["POST", "DELETE"])
def test_an_unknown_article_cannot_be_a_favorite(people: People, method: str) -> None:
    expect_error(people.new().call(method, f"/articles/{unique('no')}/favorite"), 404, article="not found")


def test_a_favorite_does_not_change_the_article(people: People) -> None:
    article = people.new().publish()
    changed = ok(people.new().post(f"/articles/{article['slug']}/favorite"))["article"]
    assert changed["updatedAt"] == article["updatedAt"]


def test_the_author_of_an_article_is_seen_as_the_viewer_sees_them(people: People) -> None:
    author, reader = people.new(), people.new()
    path = f"/articles/{author.publish()['slug']}"
    ok(reader.post(f"/profiles/{author.username}/follow"))
    assert ok(reader.get(path))["article"]["author"]["following"] is True
    assert ok(reader.post(f"{path}/favorite"))["article"]["author"]["following"] is True
    assert ok(people.anyone.get(path))["article"]["author"]["following"] is False


def test_an_article_can_be_read_with_and_without_a_token(people: People, anyone: Client) -> None:
    article = people.new().publish()
    assert ok(anyone.get(f"/articles/{article['slug']}")) == ok(people.new().get(f"/articles/{article['slug']}"))

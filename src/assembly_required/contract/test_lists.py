"""Lists of articles: filters, pages, counts and the feed (section 1.4 of the contract)."""

import pytest

from ..conduit import limits
from .client import Client
from .expect import expect_error, ok
from .people import People, Person, unique


def slugs(answer: dict[str, list[dict[str, str]]]) -> list[str]:
    return [article["slug"] for article in answer["articles"]]


def test_a_list_shows_articles_without_their_bodies(people: People) -> None:
    author = people.new()
    article = author.publish(tagList=["b", "a"])
    del article["body"]
    assert ok(people.anyone.get("/articles", author=author.username)) == {"articles": [article], "articlesCount": 1}


def test_the_newest_comes_first(people: People) -> None:
    author = people.new()
    published = [author.publish()["slug"] for _ in range(5)]
    assert slugs(ok(people.anyone.get("/articles", author=author.username))) == published[::-1]
    assert slugs(ok(people.anyone.get("/articles", limit=5)))[0] == published[-1]


def test_changing_an_article_does_not_move_it(people: People) -> None:
    author = people.new()
    first, second = author.publish(), author.publish()
    ok(author.put(f"/articles/{first['slug']}", {"article": {"body": "changed"}}))
    assert slugs(ok(people.anyone.get("/articles", author=author.username))) == [second["slug"], first["slug"]]


def test_articles_by_tag(people: People) -> None:
    tag = unique("tag")
    first = people.new().publish(tagList=["other", tag])
    second = people.new().publish(tagList=[tag])
    people.new().publish(tagList=[f"{tag}x"])
    found = ok(people.anyone.get("/articles", tag=tag))
    assert slugs(found) == [second["slug"], first["slug"]]
    assert found["articlesCount"] == 2
    assert found["articles"][1]["tagList"] == ["other", tag]


def test_articles_by_favorite(people: People) -> None:
    reader, author = people.new(), people.new()
    article = author.publish()
    author.publish()
    ok(reader.post(f"/articles/{article['slug']}/favorite"))
    ok(author.post(f"/articles/{article['slug']}/favorite"))
    found = ok(people.anyone.get("/articles", favorited=reader.username))
    assert slugs(found) == [article["slug"]]
    assert found["articlesCount"] == 1
    assert found["articles"][0]["favoritesCount"] == 2
    assert found["articles"][0]["favorited"] is False
    assert ok(reader.get("/articles", favorited=reader.username))["articles"][0]["favorited"] is True


def test_filters_apply_together(people: People) -> None:
    author, tag = people.new(), unique("tag")
    article = author.publish(tagList=[tag])
    author.publish()
    people.new().publish(tagList=[tag])
    ok(author.post(f"/articles/{article['slug']}/favorite"))
    query = {"tag": tag, "author": author.username, "favorited": author.username}
    assert slugs(ok(people.anyone.get("/articles", **query))) == [article["slug"]]
    assert ok(people.anyone.get("/articles", **query | {"favorited": people.new().username}))["articlesCount"] == 0


@pytest.mark.parametrize("name", ["tag", "author", "favorited"])
@pytest.mark.parametrize("value", ["nobody_and_nothing", "", "%", "'", '" OR 1=1 --', "😀"])
def test_an_unknown_value_finds_nothing(anyone: Client, name: str, value: str) -> None:
    assert ok(anyone.get("/articles", **{name: value})) == {"articles": [], "articlesCount": 0}


def test_filters_compare_by_code_point(people: People) -> None:
    author, tag = people.new(), unique("tag")
    author.publish(tagList=[tag])
    for query in ({"author": author.username.upper()}, {"tag": tag.upper()}, {"tag": f"{tag} "}):
        assert ok(people.anyone.get("/articles", **query))["articlesCount"] == 0


def test_a_page_has_twenty_articles_by_default(people: People) -> None:
    author = people.new()
    published = [author.publish()["slug"] for _ in range(21)][::-1]
    found = ok(people.anyone.get("/articles", author=author.username))
    assert slugs(found) == published[:20]
    assert found["articlesCount"] == 21
    assert slugs(ok(people.anyone.get("/articles", author=author.username, offset=20))) == published[20:]
    assert slugs(ok(people.anyone.get("/articles", author=author.username, limit=100))) == published


def test_pages_by_limit_and_offset(people: People) -> None:
    author = people.new()
    first, second = author.publish()["slug"], author.publish()["slug"]
    for query, expected in (({"limit": 1}, [second]), ({"limit": 1, "offset": 1}, [first]), ({"offset": 2}, [])):
        found = ok(people.anyone.get("/articles", author=author.username, **query))
        assert slugs(found) == expected
        assert found["articlesCount"] == 2


@pytest.mark.parametrize("limit", ["0", "-1", "101", "x", "", "1.5", "1e2", "99999999999999999999"])
def test_a_limit_is_a_number_from_1_to_100(anyone: Client, limit: str) -> None:
    expect_error(anyone.get("/articles", limit=limit), 422, limit=limits.INVALID)


@pytest.mark.parametrize("offset", ["-1", "x", "", "0.5", "9" * 30])
def test_an_offset_is_a_number_from_0(anyone: Client, offset: str) -> None:
    expect_error(anyone.get("/articles", offset=offset), 422, offset=limits.INVALID)


def test_an_offset_after_the_end_finds_nothing(anyone: Client) -> None:
    assert ok(anyone.get("/articles", offset=10**12))["articles"] == []


def test_both_errors_are_reported_at_once(anyone: Client) -> None:
    expect_error(anyone.get("/articles", limit="x", offset="x"), 422, limit=limits.INVALID, offset=limits.INVALID)


def test_unknown_query_arguments_are_ignored(anyone: Client) -> None:
    assert ok(anyone.get("/articles", limit=1, page=7, viewer="1", store="x", feed="1"))


def test_the_feed_has_the_articles_of_followed_users(people: People) -> None:
    reader, followed, other = people.new(), people.new(), people.new()
    first, second = followed.publish(), followed.publish(tagList=["a"])
    other.publish()
    reader.publish()
    ok(reader.post(f"/profiles/{followed.username}/follow"))
    found = ok(reader.get("/articles/feed"))
    assert slugs(found) == [second["slug"], first["slug"]]
    assert found["articlesCount"] == 2
    assert all(article["author"] == followed.profile | {"following": True} for article in found["articles"])
    assert all("body" not in article for article in found["articles"])


def test_the_feed_of_a_new_user_is_empty(people: People) -> None:
    assert ok(people.new().get("/articles/feed")) == {"articles": [], "articlesCount": 0}


def test_the_feed_has_no_articles_of_unfollowed_users(people: People) -> None:
    reader, followed = people.new(), people.new()
    followed.publish()
    ok(reader.post(f"/profiles/{followed.username}/follow"))
    ok(reader.delete(f"/profiles/{followed.username}/follow"))
    assert ok(reader.get("/articles/feed"))["articlesCount"] == 0


def test_the_feed_has_pages_too(people: People) -> None:
    reader, followed = people.new(), people.new()
    ok(reader.post(f"/profiles/{followed.username}/follow"))
    published = [followed.publish()["slug"] for _ in range(3)][::-1]
    found = ok(reader.get("/articles/feed", limit=1, offset=1))
    assert slugs(found) == published[1:2]
    assert found["articlesCount"] == 3
    expect_error(reader.get("/articles/feed", limit=0), 422, limit=limits.INVALID)


def test_the_feed_mixes_several_authors_by_time(people: People) -> None:
    reader, one, two = people.new(), people.new(), people.new()
    for followed in (one, two):
        ok(reader.post(f"/profiles/{followed.username}/follow"))
    published = [author.publish()["slug"] for author in (one, two, one, two)]
    assert slugs(ok(reader.get("/articles/feed"))) == published[::-1]


def test_a_list_shows_favorites_and_following_of_the_viewer(people: People) -> None:
    author, reader = people.new(), people.new()
    article = author.publish()
    ok(reader.post(f"/articles/{article['slug']}/favorite"))
    ok(reader.post(f"/profiles/{author.username}/follow"))
    assert _seen_by(reader, author) == (True, 1, True)
    assert _seen_by(author, author) == (False, 1, False)
    assert _seen_by(people.anyone, author) == (False, 1, False)


def _seen_by(viewer: Client, author: Person) -> tuple[bool, int, bool]:
    (article,) = ok(viewer.get("/articles", author=author.username))["articles"]
    return article["favorited"], article["favoritesCount"], article["author"]["following"]

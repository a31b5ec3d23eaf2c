"""Comments on an article (section 1.5 of the contract)."""

import pytest

from ..conduit import limits
from .expect import ID, TIMESTAMP, expect_error, ok
from .people import People, unique


def test_commenting_returns_the_comment(people: People) -> None:
    slug = people.new().publish()["slug"]
    writer = people.new()
    comment = ok(writer.post(f"/articles/{slug}/comments", {"comment": {"body": "Hear, hear"}}), 201)["comment"]
    assert comment == {
        "id": ID,
        "body": "Hear, hear",
        "createdAt": TIMESTAMP,
        "updatedAt": TIMESTAMP,
        "author": writer.profile,
    }
    assert ok(people.anyone.get(f"/articles/{slug}/comments")) == {"comments": [comment]}


def test_an_article_without_comments_has_an_empty_list(people: People) -> None:
    assert ok(people.anyone.get(f"/articles/{people.new().publish()['slug']}/comments")) == {"comments": []}


def test_comments_come_oldest_first(people: People) -> None:
    writer = people.new()
    slug = writer.publish()["slug"]
    written = [writer.comment(slug, str(number))["id"] for number in range(4)]
    found = ok(people.anyone.get(f"/articles/{slug}/comments"))["comments"]
    assert [comment["id"] for comment in found] == written


def test_comments_belong_to_their_article(people: People) -> None:
    writer = people.new()
    one, other = writer.publish()["slug"], writer.publish()["slug"]
    comment = writer.comment(one)
    assert ok(people.anyone.get(f"/articles/{other}/comments"))["comments"] == []
    expect_error(writer.delete(f"/articles/{other}/comments/{comment['id']}"), 404, comment="not found")


def test_the_author_of_a_comment_is_seen_as_the_viewer_sees_them(people: People) -> None:
    writer, reader = people.new(), people.new()
    slug = people.new().publish()["slug"]
    writer.comment(slug)
    ok(reader.post(f"/profiles/{writer.username}/follow"))
    (seen,) = ok(reader.get(f"/articles/{slug}/comments"))["comments"]
    assert seen["author"] == writer.profile | {"following": True}
    (seen,) = ok(people.anyone.get(f"/articles/{slug}/comments"))["comments"]
    assert seen["author"] == writer.profile


def test_a_deleted_comment_is_gone_and_the_others_stay(people: People) -> None:
    writer = people.new()
    slug = writer.publish()["slug"]
    first, second = writer.comment(slug), writer.comment(slug)
    path = f"/articles/{slug}/comments/{first['id']}"
    assert writer.delete(path).status == 204
    expect_error(writer.delete(path), 404, comment="not found")
    assert ok(people.anyone.get(f"/articles/{slug}/comments"))["comments"] == [second]


def test_only_its_author_deletes_a_comment(people: People) -> None:
    author, writer = people.new(), people.new()
    slug = author.publish()["slug"]
    comment = writer.comment(slug)
    path = f"/articles/{slug}/comments/{comment['id']}"
    expect_error(people.new().delete(path), 403, comment="forbidden")
    expect_error(author.delete(path), 403, comment="forbidden")
    assert ok(people.anyone.get(f"/articles/{slug}/comments"))["comments"] == [comment]


@pytest.mark.parametrize("id", ["99999", "0", "-1", "abc", "1.0", "9" * 30, "%D9%A3", "%00"])
def test_an_unknown_id_is_not_found(people: People, id: str) -> None:
    writer = people.new()
    slug = writer.publish()["slug"]
    expect_error(writer.delete(f"/articles/{slug}/comments/{id}"), 404, comment="not found")


@pytest.mark.parametrize(("method", "below"), [("GET", ""), ("POST", ""), ("DELETE", "/1")])
def test_an_unknown_article_has_no_comments(people: People, method: str, below: str) -> None:
    value = {"comment": {"body": "B"}} if method == "POST" else None
    expect_error(
        people.new().call(method, f"/articles/{unique('no')}/comments{below}", value), 404, article="not found"
    )


def test_the_article_is_checked_before_the_payload(people: People) -> None:
    expect_error(people.new().call("POST", f"/articles/{unique('no')}/comments", b"{"), 404, article="not found")


@pytest.mark.parametrize("nothing", ["", None, " \t\n"])
def test_a_comment_must_not_be_blank(people: People, nothing: str | None) -> None:
    writer = people.new()
    answer = writer.post(f"/articles/{writer.publish()['slug']}/comments", {"comment": {"body": nothing}})
    expect_error(answer, 422, body=limits.BLANK)


def test_a_comment_is_kept_verbatim(people: People) -> None:
    writer = people.new()
    body = "  <b>bold</b>\n\n'quoted' 😀 e\u0301  "
    assert writer.comment(writer.publish()["slug"], body)["body"] == body

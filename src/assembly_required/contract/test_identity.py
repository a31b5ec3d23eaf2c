"""When two texts or two ids are the same (section 1.9 of the contract).

Texts are compared by code point on every database. Only emails are converted to lower case, and usernames to NFKC.
"""

from urllib.parse import quote

import pytest

from ..conduit import limits
from .expect import expect_error, ok
from .people import PASSWORD, People, unique


def test_names_that_differ_by_case_are_two_users(people: People) -> None:
    name = unique("ana")
    for each in (name, name.capitalize(), name.upper()):
        assert ok(people.register(each, f"{unique('u')}@test.com"), 201)["user"]["username"] == each


@pytest.mark.parametrize(("one", "other"), [("ß", "ss"), ("I", "ı"), ("a", "а")])  # the last one is Cyrillic
def test_names_that_look_alike_are_two_users(people: People, one: str, other: str) -> None:
    tail = unique("")
    for each in (tail + one, tail + other):
        assert ok(people.register(each, f"{unique('u')}@test.com"), 201)["user"]["username"] == each


@pytest.mark.parametrize(("sent", "stored"), [("e\u0301", "é"), ("ﬁ", "fi"), ("Ａ", "A")])
def test_names_that_are_the_same_in_nfkc_are_one_user(people: People, sent: str, stored: str) -> None:
    tail = unique("")
    user = ok(people.register(sent + tail, f"{unique('u')}@test.com"), 201)["user"]
    assert user["username"] == stored + tail
    expect_error(people.register(stored + tail, f"{unique('u')}@test.com"), 409, username=limits.TAKEN)
    other = people.new()
    path = f"/profiles/{quote(sent + tail)}"
    assert ok(other.get(path))["profile"]["username"] == stored + tail
    assert ok(other.post(f"{path}/follow"))["profile"]["following"] is True
    assert ok(other.delete(f"{path}/follow"))["profile"]["following"] is False
    assert ok(other.put("/user", {"user": {"username": f"2{sent}{tail}"}}))["user"]["username"] == f"2{stored}{tail}"
    slug = other.publish()["slug"]
    ok(other.post(f"/articles/{slug}/favorite"))
    for query in ("author", "favorited"):
        (listed,) = ok(people.anyone.get("/articles", **{query: f"2{sent}{tail}"}))["articles"]
        assert listed["slug"] == slug


def test_an_email_is_lower_cased_when_it_comes_in(people: People) -> None:
    name = unique("Mixed")
    assert ok(people.register(name, f"{name}@Test.COM"), 201)["user"]["email"] == f"{name}@test.com".lower()
    assert ok(people.log_in(f"{name.upper()}@TEST.com"))["user"]["username"] == name
    expect_error(people.register(unique("u"), f"{name.upper()}@test.com"), 409, email=limits.TAKEN)


def test_a_changed_email_is_lower_cased_too(people: People) -> None:
    user = people.new()
    email = f"{unique('NEW')}@Test.com"
    assert ok(user.put("/user", {"user": {"email": email}}))["user"]["email"] == email.lower()
    ok(people.log_in(email.lower()))


def test_the_id_of_a_deleted_comment_is_not_used_again(people: People) -> None:
    writer = people.new()
    slug = writer.publish()["slug"]
    last = writer.comment(slug)["id"]
    assert writer.delete(f"/articles/{slug}/comments/{last}").status == 204
    assert writer.comment(slug)["id"] > last


@pytest.mark.parametrize("path", ["/profiles/%00", "/articles/%00", "/articles/%00/comments", "/profiles/a%00b"])
def test_a_nul_in_a_path_is_not_found(people: People, path: str) -> None:
    assert people.anyone.get(path).status == 404


@pytest.mark.parametrize("name", ["tag", "author", "favorited"])
def test_a_nul_in_a_filter_is_invalid(people: People, name: str) -> None:
    expect_error(people.anyone.get("/articles", **{name: "a\x00b"}), 422, **{name: limits.INVALID})


def test_a_path_that_is_not_utf_8_is_not_found(people: People) -> None:
    expect_error(people.anyone.get("/profiles/%FF%FE"), 404, profile="not found")


def test_text_comes_back_as_it_was_sent(people: People) -> None:
    text = "e\u0301 \u200b\u202e 😀 \U0010ffff \ufeff\\u0000 \" ' & <"
    article = people.new().publish(title=text, description=text, body=text, tagList=[text])
    assert {article["title"], article["description"], article["body"], *article["tagList"]} == {text}


def test_a_password_is_compared_by_code_point(people: People) -> None:
    name = unique("pw")
    ok(people.register(name, f"{name}@test.com", f"{PASSWORD}é"), 201)
    expect_error(people.log_in(f"{name}@test.com", f"{PASSWORD}e\u0301"), 401, credentials="invalid")
    ok(people.log_in(f"{name}@test.com", f"{PASSWORD}é"))

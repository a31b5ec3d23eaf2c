"""Registration, login and changes to one's own account (section 1.2 of the contract)."""

from urllib.parse import quote

import pytest

from ..conduit import limits
from .client import Client
from .expect import TOKEN, expect_error, ok
from .people import PASSWORD, People, unique


def test_registering_returns_the_user_with_a_token(people: People) -> None:
    name = unique("new")
    answer = people.register(name, f"{name}@test.com")
    expected = {"username": name, "email": f"{name}@test.com", "bio": None, "image": None, "token": TOKEN}
    assert ok(answer, 201) == {"user": expected}


@pytest.mark.parametrize("name", ["auth_1795_x_upd", "Ana Bell", "ünïcödé", "名前", "o'neil", "a.b+c@d", "😀", "..."])
def test_a_username_may_be_almost_anything(people: People, name: str) -> None:
    name = f"{name}{unique('')}"
    user = ok(people.register(name, f"{unique('u')}@test.com"), 201)["user"]
    assert user["username"] == name
    assert ok(people.anyone.get(f"/profiles/{quote(name, safe='')}"))["profile"]["username"] == name


def test_a_username_with_a_slash_is_invalid(people: People) -> None:
    expect_error(people.register("a/b", f"{unique('u')}@test.com"), 422, username=limits.INVALID)


def test_a_registered_user_can_sign_in(people: People) -> None:
    user = people.new()
    found = ok(people.log_in(user.email))["user"]
    expected = {"username": user.username, "email": user.email, "bio": None, "image": None, "token": TOKEN}
    assert found == expected


def test_a_taken_username_is_a_conflict(people: People) -> None:
    expect_error(people.register(people.new().username, f"{unique('u')}@test.com"), 409, username=limits.TAKEN)


def test_a_taken_email_is_a_conflict(people: People) -> None:
    expect_error(people.register(unique("u"), people.new().email), 409, email=limits.TAKEN)


def test_a_rejected_registration_stores_nothing(people: People) -> None:
    name = unique("u")
    people.register(name, people.new().email)
    expect_error(people.anyone.get(f"/profiles/{name}"), 404, profile="not found")


def test_a_wrong_password_does_not_sign_in(people: People) -> None:
    expect_error(people.log_in(people.new().email, "wrong"), 401, credentials="invalid")


def test_an_unknown_email_is_answered_like_a_wrong_password(people: People) -> None:
    expect_error(people.log_in(f"{unique('nobody')}@test.com"), 401, credentials="invalid")


def test_the_username_does_not_sign_in(people: People) -> None:
    expect_error(people.log_in(people.new().username), 422, email=limits.INVALID)


def test_a_password_is_exact(people: People) -> None:
    user = people.new()
    expect_error(people.log_in(user.email, PASSWORD.upper()), 401, credentials="invalid")
    expect_error(people.log_in(user.email, f"{PASSWORD} "), 401, credentials="invalid")


def test_the_current_user_is_the_owner_of_the_token(people: People) -> None:
    user = people.new()
    expected = {"username": user.username, "email": user.email, "bio": None, "image": None, "token": TOKEN}
    assert ok(user.get("/user")) == {"user": expected}


@pytest.mark.parametrize("field", ["bio", "image"])
def test_bio_and_image_are_kept_verbatim(people: People, field: str) -> None:
    user = people.new()
    for text in (
        "I write.",
        "  two  spaces  ",
        "line\nbreak",
        "javascript:alert(1)",
        'https://x/img.jpg"onerror="alert(1)',
    ):
        assert ok(user.put("/user", {"user": {field: text}}))["user"][field] == text
        assert ok(user.get("/user"))["user"][field] == text


@pytest.mark.parametrize("field", ["bio", "image"])
@pytest.mark.parametrize("nothing", ["", None])
def test_an_empty_bio_or_image_becomes_null(people: People, field: str, nothing: str | None) -> None:
    user = people.new()
    ok(user.put("/user", {"user": {field: "something"}}))
    assert ok(user.put("/user", {"user": {field: nothing}}))["user"][field] is None
    assert ok(user.get("/user"))["user"][field] is None


def test_absent_fields_stay_as_they_are(people: People) -> None:
    user = people.new()
    ok(user.put("/user", {"user": {"bio": "B", "image": "I"}}))
    name = unique("renamed")
    changed = ok(user.put("/user", {"user": {"username": name, "email": f"{name}@test.com"}}))["user"]
    assert changed == {"username": name, "email": f"{name}@test.com", "bio": "B", "image": "I", "token": TOKEN}
    assert ok(user.get("/user"))["user"] == changed | {"token": TOKEN}


def test_an_update_without_fields_is_accepted(people: People) -> None:
    user = people.new()
    assert ok(user.put("/user", {"user": {}}))["user"]["username"] == user.username


def test_keeping_the_same_name_is_no_conflict(people: People) -> None:
    user = people.new()
    ok(user.put("/user", {"user": {"username": user.username, "email": user.email}}))


@pytest.mark.parametrize("field", ["username", "email"])
def test_a_name_of_another_user_is_a_conflict(people: People, field: str) -> None:
    user, other = people.new(), people.new()
    expect_error(user.put("/user", {"user": {field: getattr(other, field)}}), 409, **{field: limits.TAKEN})
    assert ok(user.get("/user"))["user"][field] == getattr(user, field)


@pytest.mark.parametrize("field", ["username", "email", "password"])
@pytest.mark.parametrize("nothing", ["", None, "   "])
def test_required_fields_of_a_user_cannot_be_emptied(people: People, field: str, nothing: str | None) -> None:
    expect_error(people.new().put("/user", {"user": {field: nothing}}), 422, **{field: limits.BLANK})


def test_a_password_of_seven_characters_is_too_short(people: People) -> None:
    expect_error(people.new().put("/user", {"user": {"password": "bonjour"}}), 422, password=limits.too_short(8))


@pytest.mark.parametrize("password", ["bonjour1", "a" * 64, "pässwörd", "12345678", "a" * limits.PASSWORD])
def test_a_new_password_signs_in_and_the_old_one_does_not(people: People, password: str) -> None:
    user = people.new()
    ok(user.put("/user", {"user": {"password": password}}))
    ok(people.log_in(user.email, password))
    expect_error(people.log_in(user.email), 401, credentials="invalid")


def test_no_answer_shows_a_password(people: People) -> None:
    user = people.new()
    for answer in (people.log_in(user.email), user.get("/user"), user.get(f"/profiles/{user.username}")):
        assert b"password" not in answer.body
        assert b"hash" not in answer.body


def test_id_and_token_in_the_body_are_ignored(people: People) -> None:
    user, other = people.new(), people.new()
    ok(user.put("/user", {"user": {"id": 1, "token": other.token, "bio": "mine"}}))
    assert ok(other.get("/user"))["user"]["bio"] is None


def test_registering_ignores_a_token(people: People) -> None:
    stranger = Client(people.anyone.send, token="nonsense")
    name = unique("new")
    ok(stranger.post("/users", {"user": {"username": name, "email": f"{name}@test.com", "password": PASSWORD}}), 201)

"""What each example for permissions does, by the same requests."""

from base64 import b64encode

import pytest

# A dict can hold half of a surrogate pair, a database cannot.
SURROGATE = {"django": 400}


def basic(name, password="correct-horse"):
    return {"Authorization": "Basic " + b64encode(f"{name}:{password}".encode()).decode()}


def edit(example, id, name, title="Changed"):
    return example.post(f"/articles/{id}", value={"title": title}, method="PUT", **basic(name)).status


def grant(example, group, user, name="root"):
    return example.post(f"/groups/{group}/{user}", **basic(name)).status


def revoke(example, group, user, name="root"):
    return example.post(f"/groups/{group}/{user}", method="DELETE", **basic(name)).status


def test_authors_edit_what_is_theirs(example):
    assert edit(example, 1, "ada", "By Ada") == 200
    assert example.get("/articles/1").json == {"title": "By Ada", "author": "ada"}
    assert edit(example, 1, "bob", "By Bob") == 403
    assert example.get("/articles/1").json["title"] == "By Ada"
    assert edit(example, 2, "bob", "By Bob") == 200


def test_admins_do_not_edit(example):
    assert edit(example, 1, "root") == 403


def test_moderators_edit_everything_until_it_is_revoked(example):
    assert grant(example, "moderators", "bob") == 204
    assert grant(example, "moderators", "bob") == 204
    assert edit(example, 1, "bob", "By a moderator") == 200
    assert example.get("/articles/1").json["title"] == "By a moderator"
    assert edit(example, 2, "ada") == 403
    assert revoke(example, "moderators", "bob") == 204
    assert revoke(example, "moderators", "bob") == 204
    assert edit(example, 1, "bob") == 403
    assert edit(example, 2, "bob") == 200


def test_only_admins_grant_and_revoke(example):
    assert grant(example, "moderators", "ada", "ada") == 403
    assert grant(example, "admins", "ada", "ada") == 403
    assert revoke(example, "admins", "root", "ada") == 403
    assert grant(example, "moderators", "ada") == 204
    assert grant(example, "moderators", "bob", "ada") == 403
    assert revoke(example, "moderators", "ada") == 204


def test_an_admin_can_make_another_one(example):
    assert grant(example, "admins", "ada") == 204
    assert grant(example, "moderators", "bob", "ada") == 204
    assert revoke(example, "moderators", "bob", "ada") == 204
    assert revoke(example, "admins", "ada") == 204
    assert grant(example, "moderators", "bob", "ada") == 403


@pytest.mark.parametrize(("group", "user"), [("nothing", "ada"), ("moderators", "nobody"), ("role:admins", "ada")])
def test_unknown_groups_and_users(example, group, user):
    assert grant(example, group, user) == 404
    assert revoke(example, group, user) == 404
    assert grant(example, group, user, "ada") == 403


def test_unknown_articles(example):
    assert example.get("/articles/3").status == 404
    assert edit(example, 3, "ada") == 404


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic("ada", "wrong"),
        basic("nobody"),
        basic("admins"),
        basic("role:admins"),
        basic(""),
        {"Authorization": "Basic"},
        {"Authorization": "Basic ?"},
        {"Authorization": "Basic /w=="},
        {"Authorization": "Basic YQ=="},
        {"Authorization": "Bearer a"},
        {"Authorization": 'Digest username="ada"'},
    ],
)
def test_everybody_else_has_to_sign_in(example, headers):
    answers = [
        example.post("/articles/1", value={"title": "a"}, method="PUT", **headers),
        example.post("/groups/moderators/bob", **headers),
        example.post("/groups/moderators/bob", method="DELETE", **headers),
    ]
    for answer in answers:
        assert answer.status == 401
        assert answer.headers["www-authenticate"] == 'Basic realm="articles"'


@pytest.mark.parametrize("value", [b"", b"{", b"\xff", [], "a", {}, {"title": 1}, {"title": " "}, {"title": None}])
def test_bad_input_is_refused(example, value):
    answer = example.post("/articles/1", value=value, method="PUT", **basic("ada"))
    assert answer.status == 400


def test_half_a_surrogate_pair(example):
    assert edit(example, 1, "ada", "\ud800") == SURROGATE.get(example.name, 200)
    assert example.get("/articles/1").status == 200


def test_a_refusal_comes_before_the_body_is_read(example):
    assert example.post("/articles/1", value=b"{", method="PUT", **basic("bob")).status == 403

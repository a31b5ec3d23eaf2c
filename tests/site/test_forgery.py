"""Forged requests: every form needs a CSRF token of this site."""

from pathlib import Path

import pytest
from flask import Flask
from itsdangerous import TimestampSigner

from assembly_required import create_app
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People, unique
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT, MakeApp
from tests.site.browser import Browser


def changing_routes(app: Flask) -> list[str]:
    """Return the paths outside the API that accept POST."""
    return sorted(
        rule.rule
        for rule in app.url_map.iter_rules()
        if "POST" in (rule.methods or ()) and not rule.rule.startswith("/api")
    )


ATTACKS = {
    "none": None,
    "empty": "",
    "made up": "forged",
    "not ASCII": "\u00e9",
    "long": "x" * 64,
    "another visitor's": "theirs",
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_no_route_takes_a_forged_form(app: Flask, people: People, attack: str) -> None:
    user, other = people.new(), people.new()
    article, stays = user.publish(), user.publish()
    comment = user.comment(article["slug"])
    browser, thief = Browser(app), Browser(app)
    browser.sign_in(user)
    thief.sign_in(other)
    ((field, theirs),) = thief.token("/settings").items()
    name = unique("forged")
    form = {
        "username": name, "email": f"{name}@test.com", "password": PASSWORD, "bio": name, "image": "",
        "title": name, "description": name, "body": name,
    }  # fmt: skip
    sent = theirs if ATTACKS[attack] == "theirs" else ATTACKS[attack]
    routes = changing_routes(app)
    assert len(routes) >= 17
    for route in routes:
        path = route.replace("<slug>", article["slug"]).replace("<username>", other.username)
        path = path.replace("<id>", str(comment["id"])).replace("<token>", "x")
        response = browser.client.post(path, data=form if sent is None else {**form, field: sent})
        assert response.status_code == 400, route
        assert "it had expired or came from another site" in response.text
    assert browser.user == user.username
    assert people.anyone.get(f"/profiles/{name}").status == 404
    assert user.get(f"/articles/{article['slug']}").json["article"] == article
    assert user.get(f"/articles/{stays['slug']}").json["article"] == stays
    assert user.get(f"/articles/{article['slug']}/comments").json["comments"] == [comment]
    assert user.get(f"/profiles/{other.username}").json["profile"]["following"] is False
    assert user.get(f"/articles?author={user.username}").json["articlesCount"] == 2


def test_a_form_from_another_site_over_https(app: Flask, people: People) -> None:
    """Flask-WTF and Django also check the ``Referer`` header. Without a token, every option rejects the request."""
    browser = Browser(app)
    response = browser.client.post(
        "/register",
        data={"username": "x"},
        base_url="https://localhost",
        headers={"Referer": "https://elsewhere.example/", "Origin": "https://elsewhere.example"},
    )
    assert response.status_code == 400


def test_a_form_over_https_is_accepted(app: Flask, people: People) -> None:
    browser, user = Browser(app), people.new()
    ((field, token),) = browser.token().items()
    cookie = browser.client.get_cookie("session")
    assert cookie
    response = browser.client.post(
        "/login",
        data={"email": user.email, "password": PASSWORD, field: token},
        base_url="https://localhost",
        headers={"Referer": "https://localhost/login"},
    )
    assert response.headers["Location"] == "/"


def test_a_form_opened_by_the_previous_user_is_rejected(app: Flask, people: People) -> None:
    browser, user = Browser(app), people.new()
    stale = browser.token()
    browser.sign_in(user)
    assert browser.client.post("/logout", data=stale).status_code == 400
    assert browser.user == user.username


@pytest.mark.parametrize("option", SLOTS["forms"].names)
def test_a_form_that_was_open_for_a_day_is_accepted(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, option: str
) -> None:
    app = make_app(STACK_FORMS=option)
    browser, user = Browser(app), People(Client(in_process(app))).new()
    token, day = browser.token(), 24 * 60 * 60
    now = TimestampSigner.get_timestamp
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda self: now(self) + day)
    form = {**token, "email": user.email, "password": PASSWORD}
    assert browser.client.post("/login", data=form).headers["Location"] == "/"


@pytest.mark.parametrize("option", SLOTS["forms"].names)
def test_the_key_that_signs_forms_may_come_after_the_app(make_app: MakeApp, tmp_path: Path, option: str) -> None:
    config = {"STACK_FORMS": option, "SECRET_KEY_FALLBACKS": ["a key from before"]}
    early = create_app({"INSTANCE_PATH": str(tmp_path / "late"), **config}, root=ROOT)
    assert not early.config["SECRET_KEY"]
    user = People(Client(in_process(make_app(tmp_path / "late", **config)))).new()
    assert early.test_client().get("/api/tags").status_code == 200  # the first request reads the key
    assert Browser(early).sign_in(user).headers["Location"] == "/"

"""A changed email: announced to the old address, with a link that changes it back."""

from datetime import timedelta

import pytest
from flask import Flask

from assembly_required.conduit import model
from assembly_required.contract.client import Client
from assembly_required.contract.expect import expect_error, ok
from assembly_required.contract.people import PASSWORD, People, Person, unique
from assembly_required.web import outbox
from tests.site.browser import Browser
from tests.site.mailbox import NEW, letters, path_in

SUBJECT = "The email of your account was changed"


def announced(app: Flask, email: str) -> list[outbox.Letter]:
    return [letter for letter in letters(app, email) if letter.subject == SUBJECT]


def change_email(browser: Browser, user: Person, password: str = "") -> str:
    email = f"{unique('new')}@test.com"
    form = {"username": user.username, "email": email, "image": "", "bio": "", "password": password}
    assert browser.submit("/settings", **form).headers["Location"] == f"/profile/{user.username}"
    return email


def test_a_changed_email_is_announced_to_the_old_one_and_can_be_changed_back(app: Flask, people: People) -> None:
    user, thief, owner = people.new(), Browser(app), Browser(app)
    thief.sign_in(user, remember="y")
    email = change_email(thief, user, password=NEW)
    token = ok(people.log_in(email, NEW))["user"]["token"]
    assert announced(app, email) == []
    (letter,) = announced(app, user.email)
    path = path_in(letter)
    assert user.email in owner.get(path).text
    assert ok(people.log_in(email, NEW))
    choose = owner.submit(path).headers["Location"]
    assert thief.user is None
    thief.forget_session()
    assert thief.user is None
    expect_error(Client(people.anyone.send, token).get("/user"), 401, token="is invalid")
    for address in (email, user.email):
        for password in (PASSWORD, NEW):
            assert Browser(app).submit("/login", email=address, password=password).status_code == 401
    assert "Choose a new password" in owner.get(choose).text
    assert owner.submit(choose, password="mine again 77").headers["Location"] == "/login"
    assert owner.sign_in(user, password="mine again 77").status_code == 302
    assert owner.get(path).status_code == owner.post(path).status_code == 410


def test_the_api_announces_a_changed_email_too(app: Flask, people: People) -> None:
    user, email = people.new(), f"{unique('new')}@test.com"
    ok(user.put("/user", {"user": {"email": email}}))
    (letter,) = announced(app, user.email)
    Browser(app).submit(path_in(letter))
    expect_error(user.get("/user"), 401, token="is invalid")


def test_a_second_change_does_not_void_the_first_link_and_gets_none(app: Flask, people: People) -> None:
    user, thief = people.new(), Browser(app)
    thief.sign_in(user)
    second = change_email(thief, user)
    (confirmation,) = letters(app, second)
    thief.submit(path_in(confirmation))
    third = change_email(thief, user)
    first_letters = announced(app, user.email)
    (warning,) = announced(app, second)
    assert "http" not in warning.text
    assert announced(app, third) == []
    path = path_in(first_letters[-1])
    assert Browser(app).submit(path).status_code == 302
    assert {Browser(app).get(path_in(letter)).status_code for letter in first_letters} == {410}


def test_after_a_week_the_address_of_then_can_be_restored(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    user, browser, now = people.new(), Browser(app), model.now
    browser.sign_in(user)
    second = change_email(browser, user)
    (confirmation,) = letters(app, second)
    browser.submit(path_in(confirmation))
    monkeypatch.setattr("assembly_required.conduit.users.now", lambda: now() + timedelta(days=8))
    change_email(browser, user)
    (letter,) = announced(app, second)
    assert second in Browser(app).get(path_in(letter)).text


def test_an_address_that_another_account_took_is_restored_after_it_was_given_up(app: Flask, people: People) -> None:
    user, thief, owner = people.new(), Browser(app), Browser(app)
    thief.sign_in(user)
    change_email(thief, user)
    path = path_in(announced(app, user.email)[0])
    other = unique("other")
    token = ok(people.register(other, user.email), 201)["user"]["token"]
    page = owner.submit(path)
    assert page.status_code == 409
    assert "another account has the address" in page.text
    assert thief.user is None
    expect_error(user.get("/user"), 401, token="is invalid")
    ok(Client(people.anyone.send, token).put("/user", {"user": {"email": f"{other}@test.com"}}))
    assert owner.submit(path).status_code == 302


def test_a_link_to_change_it_back_grows_old(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    user, now = people.new(), model.now
    user.put("/user", {"user": {"email": f"{unique('new')}@test.com"}})
    path = path_in(announced(app, user.email)[0])
    monkeypatch.setattr("assembly_required.web.site.emails.now", lambda: now() + timedelta(days=6))
    assert Browser(app).get(path).status_code == 200
    monkeypatch.setattr("assembly_required.web.site.emails.now", lambda: now() + timedelta(days=8))
    assert Browser(app).get(path).status_code == Browser(app).post(path).status_code == 410


def test_what_does_not_change_the_email_is_not_announced(app: Flask, people: People) -> None:
    user = people.new()
    ok(user.put("/user", {"user": {"email": user.email.upper(), "bio": "b", "password": NEW}}))
    expect_error(user.put("/user", {"user": {"email": people.new().email}}), 409, email="has already been taken")
    assert announced(app, user.email) == []


def test_an_address_that_was_never_confirmed_gets_no_warning(app: Flask, people: People) -> None:
    user, browser = people.new(), Browser(app)
    browser.sign_in(user)
    stranger = change_email(browser, user)
    change_email(browser, user)
    assert announced(app, stranger) == []


def test_not_more_than_five_letters_announce_changes_to_one_address(app: Flask, people: People) -> None:
    user = people.new()
    for _ in range(7):
        ok(user.put("/user", {"user": {"email": f"{unique('new')}@test.com"}}))
    assert len(announced(app, user.email)) == 5

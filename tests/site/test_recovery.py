"""Links sent by email: to set a new password and to confirm an address."""

import re
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier, current_thread

import pytest
from flask import Flask

from assembly_required.conduit.model import Account
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People, Person, unique
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp
from tests.site.browser import Browser, errors
from tests.site.mailbox import NEW, letters, path_in


def ask(app: Flask, user: Person) -> str:
    """Request a link and return it from the email."""
    response = Browser(app).submit("/password/reset", email=user.email)
    assert response.headers["Location"] == "/password/reset/sent"
    return path_in(letters(app, user.email)[0])


def confirmed(app: Flask, email: str) -> str | None:
    with app.app_context():
        store = assembled(app).store
        found = store.find_account(email)
        assert found
        return found.confirmed_email


def test_a_link_sets_a_new_password_once(app: Flask, people: People) -> None:
    user = people.new()
    elsewhere = Browser(app)
    elsewhere.sign_in(user)
    path, browser = ask(app, user), Browser(app)
    assert errors(browser.submit(path, password="short")) == ["New password is too short (minimum is 8 characters)"]
    assert browser.submit(path, password=NEW).headers["Location"] == "/login"
    assert "Your password is changed" in browser.get("/login").text
    assert elsewhere.user is None
    assert Browser(app).sign_in(user).status_code == 401
    assert browser.sign_in(user, password=NEW).status_code == 302
    again = browser.get(path)
    assert again.status_code == 410
    assert "This link is no longer valid" in again.text
    assert browser.post(path, password="yet another 88").status_code == 410
    assert user.get("/user").status == 401


def test_of_four_posts_at_once_one_succeeds(app: Flask, people: People) -> None:
    user = people.new()
    path = ask(app, user)
    browsers = [Browser(app) for _ in range(4)]
    forms = [{**browser.token(path), "password": f"{NEW} {number}"} for number, browser in enumerate(browsers)]
    barrier = Barrier(4)

    def send(number: int) -> int:
        barrier.wait(timeout=30)
        return browsers[number].client.post(path, data=forms[number]).status_code

    with ThreadPoolExecutor(4) as pool:
        statuses = list(pool.map(send, range(4)))
    assert sorted(statuses) == [302, 410, 410, 410]
    signed_in = [Browser(app).sign_in(user, password=form["password"]).status_code for form in forms]
    assert signed_in == [302 if status == 302 else 401 for status in statuses]


def test_mailed_links_outlive_a_new_key(make_app: MakeApp, tmp_path: Path) -> None:
    def start(key: str, *former: str) -> Flask:
        return make_app(tmp_path / "rotated", SECRET_KEY=key, SECRET_KEY_FALLBACKS=[*former])

    old = start("k" * 32)
    user = People(Client(in_process(old))).new()
    user.put("/user", {"user": {"email": f"{unique('new')}@test.com"}})
    undo = path_in(letters(old, user.email)[0])
    member = People(Client(in_process(old))).new()
    reset, browser = ask(old, member), Browser(old)
    browser.sign_in(member)
    browser.post("/email/confirm", on="/settings")
    confirm = path_in(letters(old, member.email)[0])
    rotated, removed = start("l" * 32, "k" * 32), start("l" * 32)
    for path in (undo, reset, confirm):
        assert Browser(removed).get(path).status_code == 410
        assert Browser(rotated).get(path).status_code == 200
    assert Browser(removed).get(ask(rotated, member)).status_code == 200
    assert Browser(rotated).submit(reset, password=NEW).headers["Location"] == "/login"


def test_of_two_links_the_first_that_is_used_voids_the_other(app: Flask, people: People) -> None:
    user = people.new()
    one, other = ask(app, user), ask(app, user)
    Browser(app).submit(one, password=NEW)
    assert Browser(app).get(other).status_code == 410


def test_a_link_to_an_address_that_was_left_is_void(app: Flask, people: People) -> None:
    user = people.new()
    path = ask(app, user)
    user.put("/user", {"user": {"email": f"{unique('new')}@test.com"}})
    assert Browser(app).get(path).status_code == 410


def test_a_link_grows_old(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    user = people.new()
    path = ask(app, user)
    monkeypatch.setitem(app.config, "LINK_HOURS", -1)
    assert Browser(app).get(path).status_code == 410


def test_a_forged_link_is_void(app: Flask, people: People) -> None:
    path, _, token = ask(app, people.new()).rpartition("/")
    for damaged in (token[:-1], f"x{token}", "x", token.upper()):
        assert Browser(app).get(f"{path}/{damaged}").status_code == 410, damaged


def test_a_link_of_one_kind_is_void_as_another(app: Flask, people: People) -> None:
    token = ask(app, people.new()).rpartition("/")[2]
    assert Browser(app).get(f"/email/confirm/{token}").status_code == 410


def test_the_response_does_not_reveal_who_has_an_account(app: Flask, people: People) -> None:
    known, unknown = people.new().email, f"{unique('nobody')}@test.com"
    answers = [Browser(app).submit("/password/reset", email=email) for email in (known, unknown)]
    assert answers[0].status_code == answers[1].status_code == 302
    assert answers[0].headers["Location"] == answers[1].headers["Location"]
    assert answers[0].data == answers[1].data
    assert (len(letters(app, known)), len(letters(app, unknown))) == (1, 0)


def test_the_request_never_looks_for_the_account(app: Flask, people: People, monkeypatch: pytest.MonkeyPatch) -> None:
    """Otherwise the response, or the end of the connection, would come later for a known address."""
    store, user = assembled(app).store, people.new()
    threads = []

    def find_account(address: str) -> Account | None:
        threads.append(current_thread())
        return type(store).find_account(store, address)

    monkeypatch.setattr(store, "find_account", find_account)
    Browser(app).submit("/password/reset", email=user.email)
    assert len(letters(app, user.email)) == 1
    assert threads
    assert current_thread() not in threads


def test_a_mail_server_that_is_away_is_not_the_visitor_s_business(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setitem(app.config, "MAIL_BACKENDS", ["smtp"])
    monkeypatch.setitem(app.config, "MAIL_PORT", 1)
    user = people.new()
    response = Browser(app).submit("/password/reset", email=user.email)
    assert response.status_code == 302
    assert letters(app, user.email) == []
    attempts = [line for line in caplog.messages if line.startswith("Letter password_reset to account ")]
    assert [re.search(r"was not sent, attempt (\d) of 3: ", line)[1] for line in attempts] == ["1", "2", "3"]
    assert "/password/reset/" not in caplog.text


def test_a_link_names_no_host_that_a_visitor_made_up(make_app: MakeApp) -> None:
    app = make_app(STACK_FORMS="plain")
    browser = Browser(app)
    elsewhere = "http://elsewhere.example"
    ((field, token),) = browser.token("/password/reset").items()
    session = browser.client.get_cookie("session")
    assert session
    browser.client.set_cookie("session", session.value, domain="elsewhere.example")
    form = {field: token, "email": "a@test.com", "username": "ana", "password": "correct horse"}
    refused = browser.client.post("/password/reset", data=form, base_url=elsewhere)
    assert refused.status_code == 503
    assert "SITE_URL is not set." in refused.text
    registered = browser.client.post("/register", data=form, base_url=elsewhere)
    assert registered.status_code == 302
    assert letters(app, "a@test.com") == []
    app = make_app(SITE_URL="https://blog.example/", STACK_FORMS="plain")
    browser = Browser(app)
    name = unique("member")
    browser.submit("/register", username=name, email=f"{name}@test.com", password=PASSWORD)
    assert "https://blog.example/email/confirm/" in letters(app, f"{name}@test.com")[0].text


def test_registering_asks_to_confirm_the_address(app: Flask) -> None:
    browser, name = Browser(app), unique("member")
    email = f"{name}@test.com"
    browser.submit("/register", username=name, email=email, password=PASSWORD)
    (letter,) = letters(app, email)
    path = path_in(letter)
    assert "is not confirmed yet" in browser.get("/settings").text
    page = browser.get(path)
    assert email in page.text
    assert confirmed(app, email) is None
    assert Browser(app).submit(path).headers["Location"] == "/"
    assert confirmed(app, email) == email
    assert "is not confirmed yet" not in browser.get("/settings").text
    assert browser.get(path).status_code == 410


def test_another_address_is_another_to_confirm(app: Flask, people: People) -> None:
    user = people.new()
    browser = Browser(app)
    browser.sign_in(user)
    assert browser.post("/email/confirm", on="/settings").headers["Location"] == "/settings"
    old = path_in(letters(app, user.email)[0])
    email = f"{unique('new')}@test.com"
    browser.submit("/settings", username=user.username, email=email, image="", bio="", password="")
    assert browser.get(old).status_code == 410
    Browser(app).submit(path_in(letters(app, email)[0]))
    assert confirmed(app, email) == email


def test_saving_the_same_address_sends_no_mail(app: Flask, people: People) -> None:
    user = people.new()
    browser = Browser(app)
    browser.sign_in(user)
    browser.submit("/settings", username=user.username, email=user.email, image="", bio="b", password="")
    assert letters(app, user.email) == []


def test_the_page_of_letters_is_for_development(make_app: MakeApp) -> None:
    app = make_app()
    people = Browser(app)
    assert people.get("/mail").status_code == 404
    app.debug = True
    assert "None yet." in people.get("/mail").text
    people.submit("/register", username="ana", email="ana@test.com", password=PASSWORD)
    assert assembled(app).tasks.join(10)
    page = people.get("/mail").text
    assert "ana@test.com" in page
    assert re.search(r'<a href="http://localhost/email/confirm/[^"]+"', page)


def test_the_page_of_letters_is_for_this_machine(make_app: MakeApp) -> None:
    app = make_app()
    app.debug = True
    browser = app.test_client()
    assert browser.get("/mail").status_code == 200
    assert browser.get("/mail", environ_overrides={"REMOTE_ADDR": "::1"}).status_code == 200
    for key, value in {
        "REMOTE_ADDR": "203.0.113.7",
        "HTTP_HOST": "blog.example",
        "HTTP_X_FORWARDED_FOR": "203.0.113.7",
        "HTTP_FORWARDED": "for=203.0.113.7",
        "HTTP_X_REAL_IP": "203.0.113.7",
    }.items():
        assert browser.get("/mail", environ_overrides={key: value}).status_code == 404, key
    for unknown in ("", "unknown", "203.0.113.7:1234"):
        assert browser.get("/mail", environ_overrides={"REMOTE_ADDR": unknown}).status_code == 404


def test_validators_object_on_the_forms_alone(make_app: MakeApp) -> None:
    app = make_app(PASSWORD_VALIDATORS=["similar", "numeric", "common"])
    browser = Browser(app)
    form = {"username": "grace_hopper", "email": "amazing@navy.example"}
    for password, said in {
        "grace_hopper1": ["Password is too similar to the username"],
        "navy.example": ["Password is too similar to the email"],
        "20262027": ["Password is entirely numeric"],
        "12345678": ["Password is entirely numeric", "Password is too common"],
        "password123": ["Password is too common"],
        "short": ["Password is too short (minimum is 8 characters)"],
    }.items():
        page = browser.submit("/register", **form, password=password)
        assert (page.status_code, errors(page)) == (422, said), password
    assert browser.submit("/register", **form, password="correct horse").status_code == 302
    settings = {**form, "image": "", "bio": "", "password": "password123"}
    assert errors(browser.submit("/settings", **settings)) == ["New password, if you want one is too common"]
    api = app.test_client().post(
        "/api/users", json={"user": {"username": "a", "email": "a@b.cd", "password": "password123"}}
    )
    assert api.status_code == 201

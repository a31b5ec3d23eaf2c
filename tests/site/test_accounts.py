"""Registration, sign-in, sign-out, remember-me and settings."""

import re

import pytest
from flask import Flask

from assembly_required.contract.expect import expect_each, expect_error
from assembly_required.contract.people import PASSWORD, People, unique
from assembly_required.stack.assembly import assembled
from tests.conftest import MakeApp
from tests.site.browser import Browser, beside, errors, text_in, value


def test_registering_signs_in_and_goes_home(browser: Browser) -> None:
    name = unique("visitor")
    response = browser.submit("/register", username=name, email=f"{name}@test.com", password=PASSWORD)
    assert (response.status_code, response.headers["Location"]) == (302, "/")
    assert browser.user == name
    assert browser.client.get_cookie("remember_token") is None
    assert 'href="/login"' not in browser.get("/").text


def test_signing_in_and_out(browser: Browser, people: People) -> None:
    user = people.new()
    assert browser.sign_in(user).headers["Location"] == "/"
    assert browser.user == user.username
    assert browser.post("/logout", on="/settings").headers["Location"] == "/"
    assert browser.user is None


def test_a_failed_login_shows_the_reason_and_keeps_the_email(browser: Browser, people: People) -> None:
    user = people.new()
    page = browser.sign_in(user, password="not it at all")
    assert page.status_code == 401
    assert errors(page) == ["The email or the password is wrong"]
    assert value(page, "email") == user.email
    assert "not it at all" not in page.text


def test_the_form_does_not_reveal_who_has_an_account(browser: Browser, people: People) -> None:
    known, unknown = (
        browser.submit("/login", email=email, password="not the password")
        for email in (people.new().email, f"{unique('x')}@test.com")
    )
    assert errors(known) == errors(unknown)
    assert known.status_code == unknown.status_code


def test_a_failed_registration_shows_all_errors(browser: Browser) -> None:
    page = browser.submit("/register", username=" ", email="x", password="short")
    assert page.status_code == 422
    assert errors(page) == [
        "Username can't be blank",
        "Email is invalid",
        "Password is too short (minimum is 8 characters)",
    ]
    assert beside(page, "password") == "is too short (minimum is 8 characters)"
    assert value(page, "email") == "x"
    assert 'short"' not in page.text


def test_a_taken_name_is_reported_beside_the_field(browser: Browser, people: People) -> None:
    user = people.new()
    page = browser.submit("/register", username=user.username, email=f"{unique('x')}@test.com", password=PASSWORD)
    assert page.status_code == 409
    assert errors(page) == ["Username has already been taken"]
    assert beside(page, "username") == "has already been taken"


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_a_fresh_form_shows_no_errors(browser: Browser, path: str) -> None:
    assert errors(browser.get(path)) == []


def test_signing_in_starts_a_new_session(browser: Browser, people: People) -> None:
    """Session fixation: a session that somebody else planted in a browser is not kept after sign-in."""
    with browser.client.session_transaction() as session:
        session["planted"] = "by somebody else"
    browser.sign_in(people.new())
    with browser.client.session_transaction() as session:
        assert "planted" not in session


def test_the_api_ignores_the_session_of_a_browser(browser: Browser, people: People) -> None:
    browser.sign_in(people.new())
    for method, path in (("GET", "/api/user"), ("POST", "/api/articles"), ("GET", "/api/articles/feed")):
        answer = browser.client.open(path, method=method)
        assert answer.status_code == 401
        assert answer.json == {"errors": {"token": ["is missing"]}}
        assert "Set-Cookie" not in answer.headers


def test_a_deleted_user_is_signed_out(browser: Browser, people: People, app: Flask) -> None:
    user = people.new()
    browser.sign_in(user, remember="y")
    with app.app_context():
        store = assembled(app).store
        profile = store.profile(user.username, None)
        assert profile
        gone = store.user(profile.id)
        assert gone
        store.remove_user(gone)
    assert browser.user is None


def test_a_password_changed_on_the_site_ends_the_tokens_of_the_api(app: Flask, people: People) -> None:
    user, browser = people.new(), Browser(app)
    browser.sign_in(user)
    form = {"username": user.username, "email": user.email, "image": "", "bio": ""}
    browser.submit("/settings", **form, password="")
    assert user.get("/user").status == 200
    browser.submit("/settings", **form, password="another one 7")
    assert user.get("/user").status == 401
    assert browser.user == user.username


def test_a_changed_password_ends_all_other_sessions(app: Flask, people: People) -> None:
    user = people.new()
    here, elsewhere, remembered = Browser(app), Browser(app), Browser(app)
    for browser in (here, elsewhere):
        browser.sign_in(user)
    remembered.sign_in(user, remember="y")
    remembered.forget_session()
    form = {"username": user.username, "email": user.email, "image": "", "bio": "", "password": "another one 7"}
    assert here.submit("/settings", **form).headers["Location"] == f"/profile/{user.username}"
    assert [browser.user for browser in (here, elsewhere, remembered)] == [user.username, None, None]
    assert Browser(app).sign_in(user).status_code == 401
    assert Browser(app).sign_in(user, password="another one 7").status_code == 302


def test_a_password_changed_through_the_api_ends_sessions_too(browser: Browser, people: People) -> None:
    user = people.new()
    browser.sign_in(user)
    user.put("/user", {"user": {"password": "another one 7"}})
    assert browser.user is None


def test_a_password_that_another_request_has_just_changed_stays(
    app: Flask, browser: Browser, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = people.new()
    browser.sign_in(user)
    monkeypatch.setattr(assembled(app).store, "edit_and_sign_out", lambda account, columns: None)
    form = {"username": user.username, "email": user.email, "image": "", "bio": "", "password": "another one 7"}
    assert "was changed by another request, so sign in again" in browser.submit("/settings", **form).text


def test_an_account_that_has_just_been_deleted_is_not_changed(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch
) -> None:
    user = people.new()
    monkeypatch.setattr(assembled(app).store, "account", lambda id: None)
    expect_error(user.put("/user", {"user": {"password": "another one 7"}}), 401, token="is invalid")


def test_a_user_is_remembered_only_on_request(app: Flask, people: People) -> None:
    user = people.new()
    once, remembered = Browser(app), Browser(app)
    once.sign_in(user)
    remembered.sign_in(user, remember="y")
    for browser in (once, remembered):
        browser.forget_session()
    assert (once.user, remembered.user) == (None, user.username)
    remembered.client.delete_cookie("remember_token")
    assert remembered.user == user.username  # a new session has started


def test_who_only_reads_gets_no_cookie(browser: Browser) -> None:
    assert "Set-Cookie" not in browser.get("/").headers


def test_signing_out_forgets(browser: Browser, people: People) -> None:
    browser.sign_in(people.new(), remember="y")
    browser.post("/logout", on="/settings")
    browser.forget_session()
    assert browser.user is None


def test_a_forged_cookie_signs_nobody_in(browser: Browser, people: People) -> None:
    user = people.new()
    browser.sign_in(user, remember="y")
    cookie = browser.client.get_cookie("remember_token")
    assert cookie
    assert cookie.http_only
    assert 29 * 86_400 < (cookie.max_age or 30 * 86_400) <= 30 * 86_400
    browser.forget_session()
    for forged in (cookie.value[:-1], cookie.value + "x", "", "1", "x|y", "é"):
        browser.client.set_cookie("remember_token", forged)
        browser.forget_session()
        assert browser.user is None, forged


def test_settings_want_a_fresh_login(browser: Browser, people: People) -> None:
    user = people.new()
    browser.sign_in(user, remember="y")
    browser.forget_session()
    assert browser.user == user.username
    asked = browser.get("/settings")
    assert asked.headers["Location"] == "/login?next=/settings"
    form = {"username": "x", "email": user.email}
    assert browser.post("/settings", **form).headers["Location"].startswith("/login")
    assert "Please enter your password again" in browser.get("/login?next=/settings").text
    assert browser.sign_in(user, to="/settings").headers["Location"] == "/settings"
    assert browser.get("/settings").status_code == 200


def test_a_session_has_an_end_that_the_browser_keeps(browser: Browser, people: People) -> None:
    browser.sign_in(people.new())
    session = browser.client.get_cookie("session")
    assert session
    assert session.expires is None
    assert session.max_age is None


def test_settings_show_and_keep_what_stands(browser: Browser, people: People) -> None:
    user = people.new()
    browser.sign_in(user)
    page = browser.get("/settings")
    assert (value(page, "username"), value(page, "email")) == (user.username, user.email)
    assert value(page, "image") in ("", None)
    assert text_in(page, "bio") == ""
    form = {"username": user.username, "email": user.email.upper(), "image": "a.jpg", "bio": "\nOne\r\nTwo\n"}
    assert browser.submit("/settings", **form, password="").headers["Location"] == f"/profile/{user.username}"
    assert user.get("/user").json["user"] | {"token": ""} == {
        "username": user.username, "email": user.email, "image": "a.jpg", "bio": "\nOne\nTwo\n", "token": "",
    }  # fmt: skip
    page = browser.get("/settings")
    assert text_in(page, "bio") == "\nOne\nTwo\n"
    browser.submit("/settings", username=user.username, email=user.email, image="", bio="", password="")
    cleared = user.get("/user").json["user"]
    assert (cleared["bio"], cleared["image"]) == (None, None)
    assert Browser(browser.client.application).sign_in(user).status_code == 302


def test_refused_settings_change_nothing(browser: Browser, people: People) -> None:
    user, other = people.new(), people.new()
    browser.sign_in(user)
    form = {"username": other.username, "email": user.email, "image": "", "bio": "Not yet", "password": ""}
    page = browser.submit("/settings", **form)
    assert page.status_code == 409
    assert errors(page) == ["Username has already been taken"]
    assert text_in(page, "bio") == "Not yet"
    assert len(re.findall(rf'href="/profile/{user.username}"', page.text)) == 1
    page = browser.submit("/settings", **{**form, "username": "", "password": "short", "bio": "x" * 1001})
    assert errors(page) == [
        "Username can't be blank",
        "About you is too long (maximum is 1000 characters)",
        "New password, if you want one is too short (minimum is 8 characters)",
    ]
    assert user.get("/user").json["user"]["bio"] is None


TRICKS = [
    "https://elsewhere.example/",
    "http:elsewhere.example",
    "http:/elsewhere.example",
    "http:///elsewhere.example",
    "//elsewhere.example",
    "///elsewhere.example",
    "////elsewhere.example",
    "/\\elsewhere.example",
    "\\\\elsewhere.example",
    "\\/elsewhere.example",
    "/\t/elsewhere.example",
    "/\n/elsewhere.example",
    "\t//elsewhere.example",
    " //elsewhere.example",
    "/ /elsewhere.example",
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "elsewhere.example",
    "@elsewhere.example",
    ".elsewhere.example",
    ":80",
    "?next=//elsewhere.example",
    "/\x00//elsewhere.example",
    "/ok\r\nLocation: https://elsewhere.example",
]


def test_next_leads_nowhere_else(browser: Browser, people: People) -> None:
    user = people.new()
    slug = user.publish()["slug"]

    def check(trick: str) -> None:
        assert browser.sign_in(user, to=trick).headers["Location"] == "/"
        followed = browser.post(f"/article/{slug}/favorite", on="/settings", next=trick)
        assert followed.headers["Location"] == f"/article/{slug}"

    expect_each(check, [(trick,) for trick in TRICKS])


@pytest.mark.parametrize("wanted", ["/editor", "/tag/x%20y?page=2", "/profile/a?b=https://elsewhere.example"])
def test_next_leads_back(browser: Browser, people: People, wanted: str) -> None:
    assert browser.sign_in(people.new(), to=wanted).headers["Location"] == wanted


@pytest.mark.parametrize("path", ["/editor", "/settings", "/editor/x"])
def test_a_stranger_is_sent_to_sign_in_and_back(browser: Browser, path: str) -> None:
    assert browser.get(path).headers["Location"] == f"/login?next={path}"


def test_a_cookie_for_https_alone(make_app: MakeApp) -> None:
    browser = Browser(make_app(SESSION_COOKIE_SECURE=True))
    assert "Secure" in browser.get("/login").headers["Set-Cookie"]

"""Sessions that end: on the server, with time, and with the keys that signed them."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path

import flask
import pytest
from flask import Flask
from sqlalchemy import create_engine, text

from assembly_required.conduit import model
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import PASSWORD, People
from assembly_required.stack.assembly import assembled
from assembly_required.stack.slots import SLOTS
from tests.conftest import MakeApp
from tests.site.browser import Browser

LOGINS = SLOTS["login"].names
COOKIES = ("session", "remember_token")
KEY = "a key that this test knows, of 32 bytes or more"

Forward = Callable[[timedelta], None]


@pytest.fixture
def set_forward(monkeypatch: pytest.MonkeyPatch) -> Forward:
    """A function that sets the clock of the sessions forward."""
    now = model.now

    def set_to(later: timedelta) -> None:
        monkeypatch.setattr("assembly_required.web.signins.now", lambda: now() + later)

    return set_to


def copy_cookies(browser: Browser, app: Flask | None = None) -> Browser:
    """Return another browser with the same cookies."""
    copied = Browser(app or browser.client.application)
    for name in COOKIES:
        if cookie := browser.client.get_cookie(name):
            copied.client.set_cookie(name, cookie.value)
    return copied


def test_a_copied_cookie_is_worth_nothing_after_sign_out(app: Flask, people: People) -> None:
    user = people.new()
    browser, elsewhere = Browser(app), Browser(app)
    browser.sign_in(user, remember="y")
    elsewhere.sign_in(user)
    thief, patient = copy_cookies(browser), copy_cookies(browser)
    patient.forget_session()
    assert thief.user == user.username
    browser.post("/logout", on="/settings")
    assert browser.client.get_cookie("remember_token") is None
    assert [each.user for each in (browser, thief, patient)] == [None, None, None]
    assert elsewhere.user == user.username


def test_signing_in_again_ends_the_session_before(app: Flask, people: People) -> None:
    user = people.new()
    browser = Browser(app)
    browser.sign_in(user)
    copied = copy_cookies(browser)
    browser.sign_in(user)
    assert (browser.user, copied.user) == (user.username, None)


def test_a_remembered_browser_is_remembered_after_the_password_was_given_again(app: Flask, people: People) -> None:
    user, other = people.new(), people.new()
    browser = Browser(app)
    browser.sign_in(user, remember="y")
    browser.forget_session()
    browser.sign_in(user)
    browser.forget_session()
    assert browser.user == user.username
    browser.sign_in(other)
    browser.forget_session()
    assert browser.user is None


def test_freshness_ends_some_time_after_the_password_was_given(
    app: Flask, people: People, set_forward: Forward
) -> None:
    user = people.new()
    browser = Browser(app)
    browser.sign_in(user)
    set_forward(timedelta(minutes=29))
    assert browser.get("/settings").status_code == 200
    set_forward(timedelta(minutes=31))
    assert browser.get("/settings").headers["Location"] == "/login?next=/settings"
    form = {"username": "x", "email": "x@x.de", "image": "", "bio": "", "password": ""}
    assert browser.post("/settings", **form).headers["Location"].startswith("/login")
    assert browser.user == user.username
    browser.sign_in(user)
    assert browser.get("/settings").status_code == 200


def test_who_has_to_give_their_password_can_sign_out_instead(app: Flask, people: People, set_forward: Forward) -> None:
    browser = Browser(app)
    assert "logout" not in browser.get("/login").text
    browser.sign_in(people.new())
    set_forward(timedelta(minutes=31))
    assert 'action="/logout"' in browser.get("/login").text
    browser.post("/logout")
    assert browser.user is None


def test_a_session_expires_on_the_server(app: Flask, people: People, set_forward: Forward) -> None:
    user = people.new()
    once, remembered = Browser(app), Browser(app)
    once.sign_in(user)
    remembered.sign_in(user, remember="y")
    set_forward(timedelta(days=29))
    assert [once.user, remembered.user] == [user.username] * 2
    set_forward(timedelta(days=31))
    assert [once.user, remembered.user] == [None, None]


def test_the_table_does_not_hold_what_signs_in(app: Flask, people: People) -> None:
    user = people.new()
    browser = Browser(app)
    browser.sign_in(user)
    with browser.client.session_transaction() as session:
        key = session["_user_id"]
    with create_engine(f"sqlite:///{app.config['DATABASE'].location}").connect() as connection:
        rows = connection.execute(text("SELECT * FROM sessions")).all()
    assert rows
    assert not any(key in str(value) for row in rows for value in row)


@pytest.mark.parametrize("meanwhile", ["reset", "deleted"])
def test_a_change_that_comes_between_the_password_and_the_session_wins(
    app: Flask, people: People, monkeypatch: pytest.MonkeyPatch, meanwhile: str
) -> None:
    """A sign-in with the old password may be under way while the password is reset or the account deleted."""
    user, store = people.new(), assembled(app).store
    add_session, added = store.add_session, []

    def change_first(session: model.Session) -> None:
        account = store.account(session.user.id)
        assert account
        if meanwhile == "reset":
            store.edit_and_sign_out(account, {"password_hash": "new"})
        add_session(session)
        if meanwhile == "deleted":
            store.remove_user(session.user)
        added.append(session.key_hash)

    monkeypatch.setattr(store, "add_session", change_first)
    browser = Browser(app)
    assert browser.sign_in(user).status_code == 401
    assert browser.user is None
    with app.app_context():
        assert [store.session(key_hash) for key_hash in added] == [None]


each_login = pytest.mark.parametrize("login", LOGINS)


@each_login
def test_a_session_without_a_key_is_nobodys(make_app: MakeApp, login: str) -> None:
    app = make_app(STACK_LOGIN=login)
    user, browser = People(Client(in_process(app))).new(), Browser(app)
    with browser.client.session_transaction() as session:
        session["_user_id"], session["_fresh"] = 1, True
    assert browser.user is None
    assert browser.get("/settings").headers["Location"] == "/login?next=/settings"
    assert browser.sign_in(user).headers["Location"] == "/"
    assert browser.user == user.username


@each_login
def test_a_session_ends_to_the_second(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch, login: str) -> None:
    app, start, second = make_app(STACK_LOGIN=login), model.now(), timedelta(seconds=1)
    user, browser = People(Client(in_process(app))).new(), Browser(app)

    def set_clock(later: timedelta) -> None:
        monkeypatch.setattr("assembly_required.web.signins.now", lambda: start + later)

    set_clock(timedelta())
    browser.sign_in(user)
    set_clock(timedelta(minutes=30) - second)
    assert browser.get("/settings").status_code == 200
    set_clock(timedelta(minutes=30))
    assert browser.get("/settings").status_code == 302
    set_clock(timedelta(days=30) - second)
    assert browser.user == user.username
    set_clock(timedelta(days=30))
    assert browser.user is None


@each_login
def test_who_signs_out_is_nobody_in_the_same_request_already(make_app: MakeApp, login: str) -> None:
    app = make_app(STACK_LOGIN=login)
    store = assembled(app).store
    adapter = import_module(f"assembly_required.adapters.login.{login}").build(app, store)
    person = People(Client(in_process(app))).new()
    with app.test_request_context():
        account = store.find_account(person.email)
        assert account
        adapter.sign_in(account.user)
        assert adapter.viewer() == account.user
        assert adapter.fresh()
        adapter.sign_out()
        assert adapter.viewer() is None
        flask.session["_fresh"] = True
        assert not adapter.fresh()


@each_login
@pytest.mark.parametrize("secure", [True, False])
def test_the_cookie_that_remembers(make_app: MakeApp, login: str, secure: bool) -> None:
    config = {"SESSION_COOKIE_SECURE": secure, "SESSION_COOKIE_SAMESITE": "Strict", "REMEMBER_DAYS": 3}
    app = make_app(STACK="bare", STACK_LOGIN=login, **config)
    app.config["PREFERRED_URL_SCHEME"] = "https"
    browser = Browser(app)
    browser.sign_in(People(Client(in_process(app))).new(), remember="y")
    cookie = browser.client.get_cookie("remember_token")
    assert cookie
    assert (cookie.http_only, cookie.secure, cookie.same_site, cookie.path) == (True, secure, "Strict", "/")
    lifetime = cookie.max_age or (cookie.expires - datetime.now(UTC)).total_seconds()  # type: ignore[operator]
    assert 3 * 86_400 - 60 < lifetime <= 3 * 86_400
    gone = browser.post("/logout", on="/settings").headers.getlist("Set-Cookie")
    (forgotten,) = (each for each in gone if each.startswith("remember_token="))
    assert {"remember_token=", "Max-Age=0", "Path=/"} <= {*forgotten.split("; ")}


@pytest.mark.parametrize(("one", "other"), [LOGINS, LOGINS[::-1]])
def test_one_option_accepts_the_sign_in_of_the_other(make_app: MakeApp, tmp_path: Path, one: str, other: str) -> None:
    here, there = (make_app(tmp_path / "shared", STACK_LOGIN=login) for login in (one, other))
    user = People(Client(in_process(here))).new()
    browser, same = Browser(here), Browser(there)
    browser.sign_in(user)
    cookie = browser.client.get_cookie("session")
    assert cookie
    same.client.set_cookie("session", cookie.value)
    assert same.user == user.username
    same.post("/logout", on="/login")
    assert browser.user is None


ROTATIONS = [
    *({SLOTS["login"].key: option} for option in LOGINS),
    *({SLOTS["forms"].key: option} for option in SLOTS["forms"].names[1:]),
]


@pytest.mark.parametrize("choice", ROTATIONS, ids=lambda choice: "=".join(*choice.items()))
def test_a_rotated_key_signs_nobody_out(make_app: MakeApp, tmp_path: Path, choice: dict[str, str]) -> None:
    def start(key: str, *former: str) -> Flask:
        return make_app(tmp_path / "rotated", SECRET_KEY=key, SECRET_KEY_FALLBACKS=[*former], **choice)

    old = start(KEY)
    user = People(Client(in_process(old))).new()
    browser = Browser(old)
    browser.sign_in(user, remember="y")
    token = browser.token("/editor")

    def visit(app: Flask, *names: str) -> Browser:
        visitor = Browser(app)
        for name in names:
            cookie = browser.client.get_cookie(name)
            assert cookie
            visitor.client.set_cookie(name, cookie.value)
        return visitor

    rotated, removed = start(f"{KEY} 2", KEY), start(f"{KEY} 2")
    assert [visit(rotated, name).user for name in COOKIES] == [user.username] * 2
    article = {"title": "T", "description": "D", "body": "B"}
    assert visit(rotated, "session").client.post("/editor", data={**token, **article}).status_code == 302
    assert visit(removed, "session").user is None
    newcomer = Browser(rotated)
    newcomer.sign_in(user)
    token, after_removal = newcomer.token("/editor"), copy_cookies(newcomer, removed)
    assert after_removal.client.post("/editor", data={**token, **article}).status_code == 302
    renewed = visit(rotated, "remember_token")
    assert renewed.sign_in(user, PASSWORD).status_code == 302


@pytest.mark.parametrize(
    ("configured", "prefix", "path"), [(None, "", "/"), (None, "/blog", "/blog"), ("/own", "/blog", "/own")]
)
def test_the_path_of_the_session_cookie(make_app: MakeApp, configured: str | None, prefix: str, path: str) -> None:
    app = make_app()
    app.config["SESSION_COOKIE_PATH"] = configured
    response = app.test_client().get("/login", base_url=f"http://localhost{prefix}")
    assert f"Path={path}" in response.headers["Set-Cookie"].split("; ")

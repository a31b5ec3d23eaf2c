"""Registering, signing in and out, settings: sections 2.2, 2.3 and 2.8 of the contract."""

import re

import pytest
from playwright.sync_api import Browser, BrowserContext, expect

from assembly_required.contract.people import PASSWORD, People, Person, unique
from tests.browser.conftest import FULL, NAMES, ServeNew
from tests.browser.visitor import Visitor


def test_the_navigation_of_a_stranger(visitor: Visitor, people: People) -> None:
    page = visitor.page
    slug = people.new().publish()["slug"]
    for path in ("/", "/login", "/register", f"/article/{slug}", "/nothing"):
        page.goto(path)
        expect(page.locator("nav.navbar")).to_have_count(1)
        expect(page.locator("nav.navbar a.navbar-brand")).to_have_attribute("href", visitor.path("/"))
        expect(page.locator("nav a.nav-link", has_text="Home")).to_have_attribute("href", visitor.path("/"))
        expect(page.locator(f'a[href="{visitor.path("/login")}"]')).to_have_count(1)
        expect(page.locator(f'nav a[href="{visitor.path("/register")}"]')).to_have_count(1)


@pytest.mark.full
def test_the_navigation_of_a_member(visitor: Visitor) -> None:
    page, name = visitor.page, unique("member")
    visitor.register(name)
    for href in ("/editor", "/settings", f"/profile/{name}"):
        expect(page.locator(f'a[href="{visitor.path(href)}"]')).to_have_count(1)
    expect(page.locator(f'nav a[href^="{visitor.path("/profile/")}"]').first).to_have_text(name)
    expect(page.locator("nav img.user-pic")).to_have_attribute("src", re.compile("default-avatar.svg"))
    for href in ("/login", "/register"):
        expect(page.locator(f'a[href="{visitor.path(href)}"]')).to_have_count(0)
    page.reload()
    expect(page.locator(f'nav a[href^="{visitor.path("/profile/")}"]')).to_have_text(name)


@pytest.mark.parametrize(("path", "heading"), [("/login", "Sign in"), ("/register", "Sign up")])
def test_the_forms(visitor: Visitor, path: str, heading: str) -> None:
    page = visitor.page
    page.goto(path)
    expect(page.locator("h1")).to_have_text(heading)
    expect(page.locator('button[type="submit"]').first).to_have_text(heading)
    expect(page.locator(".error-messages")).to_have_count(0)
    page.locator('button[type="submit"]').first.click()
    expect(page).to_have_url(visitor.at(path))
    expect(page.locator(".error-messages")).to_have_count(1)
    expect(page.locator(".error-messages li").first).to_contain_text("can't be blank")
    page.get_by_label("Email").fill("x@test.com")
    page.get_by_label("Email").press("Enter")
    expect(page).to_have_url(visitor.at(path))
    expect(page.get_by_label("Email")).to_have_value("x@test.com")


def test_a_wrong_password(visitor: Visitor, people: People) -> None:
    page, user = visitor.page, people.new()
    page.goto("/login")
    page.fill("input[name=email]", user.email)
    page.fill("input[name=password]", "not it at all")
    page.click("button[type=submit]")
    expect(page.locator(".error-messages")).to_contain_text("wrong")
    expect(page).to_have_url(visitor.at("/login"))
    expect(page.locator("input[name=password]")).to_have_value("")


@pytest.mark.full
def test_a_taken_name(visitor: Visitor, people: People) -> None:
    page, user = visitor.page, people.new()
    page.goto("/register")
    page.fill("input[name=username]", user.username)
    page.fill("input[name=email]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    expect(page.locator(".error-messages")).to_contain_text("has already been taken")
    expect(page).to_have_url(visitor.at("/register"))


@pytest.mark.full
def test_strangers_are_kept_out(visitor: Visitor) -> None:
    page = visitor.page
    page.goto("/editor")
    assert page.url != visitor.at("/editor")
    page.goto("/?feed=following")
    expect(page).to_have_url(visitor.at("/login"))


@pytest.mark.full
def test_signing_in_where_one_was_interrupted(visitor: Visitor, people: People) -> None:
    page, user = visitor.page, people.new()
    page.goto("/editor")
    page.fill("input[name=email]", user.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    expect(page).to_have_url(visitor.at("/editor"))


def test_logging_out(visitor: Visitor, people: People) -> None:
    page = visitor.page
    visitor.sign_in(people.new())
    page.goto("/settings")
    visitor.button("Or click here to logout").click()
    expect(page).to_have_url(visitor.at("/"))
    expect(page.locator(f'a[href="{visitor.path("/login")}"]')).to_have_count(1)


def sign_in_remembered(visitor: Visitor, person: Person, context: BrowserContext) -> None:
    """Sign in, and start the browser again: cookies without a date do not outlive it."""
    page = visitor.page
    page.goto("/login")
    page.get_by_label("Remember me on this device").check()
    page.fill("input[name=email]", person.email)
    page.fill("input[name=password]", PASSWORD)
    page.click("button[type=submit]")
    expect(page.locator("a.nav-user")).to_have_text(person.username)
    for cookie in context.cookies():
        if cookie["expires"] == -1:
            context.clear_cookies(name=cookie["name"])


@pytest.mark.full
def test_being_remembered(visitor: Visitor, people: People, context: BrowserContext) -> None:
    user = people.new()
    sign_in_remembered(visitor, user, context)
    visitor.page.goto("/")
    expect(visitor.page.locator("a.nav-user")).to_have_text(user.username)


@pytest.mark.full
def test_not_being_remembered(visitor: Visitor, people: People, context: BrowserContext) -> None:
    visitor.sign_in(people.new())
    for cookie in context.cookies():
        if cookie["expires"] == -1:
            context.clear_cookies(name=cookie["name"])
    visitor.page.goto("/")
    expect(visitor.page.locator(f'a[href="{visitor.path("/login")}"]')).to_have_count(1)


@pytest.mark.parametrize("stack", [*NAMES, *FULL], indirect=True)
def test_a_remembered_visitor_is_asked_for_the_password(
    visitor: Visitor, people: People, context: BrowserContext
) -> None:
    """Django remembers visitors by a longer session, in which the password is still fresh."""
    page = visitor.page
    sign_in_remembered(visitor, people.new(), context)
    page.goto("/settings")
    expect(page).to_have_url(re.compile(r"/login\?next="))
    expect(page.get_by_role("status")).to_contain_text("enter your password again")


def test_settings(visitor: Visitor, people: People) -> None:
    page, user = visitor.page, people.new()
    visitor.sign_in(user)
    page.goto("/settings")
    expect(page.locator("input[name=username]")).to_have_value(user.username)
    expect(page.locator("input[name=email]")).to_have_value(user.email)
    for field in ("input[name=image]", "textarea[name=bio]", "input[name=password]"):
        expect(page.locator(field)).to_have_value("")
    expect(page.locator('button[type="submit"]').first).to_have_text("Update Settings")
    page.fill("input[name=image]", "https://elsewhere.example/me.jpg")
    page.fill("textarea[name=bio]", "Writes things")
    page.locator('button[type="submit"]').first.click()
    expect(page).to_have_url(visitor.at(f"/profile/{user.username}"))
    expect(page.locator(".user-info p")).to_have_text("Writes things")
    expect(page.locator(".user-img")).to_have_attribute("src", "https://elsewhere.example/me.jpg")
    expect(page.locator(".user-img")).to_be_visible()
    expect(page.locator("nav .user-pic")).to_have_attribute("src", "https://elsewhere.example/me.jpg")
    page.goto("/settings")
    page.fill("input[name=image]", "")
    page.fill("textarea[name=bio]", "")
    page.locator('button[type="submit"]').first.click()
    expect(page.locator(".user-info p")).to_have_text("")
    expect(page.locator(".user-img")).to_have_attribute("src", re.compile("default-avatar.svg"))
    page.goto("/settings")
    page.fill("input[name=username]", "")
    page.locator('button[type="submit"]').first.click()
    expect(page.locator(".error-messages")).to_have_count(1)
    expect(page).to_have_url(visitor.at("/settings"))


def test_the_keyboard_reaches_everything(visitor: Visitor, people: People) -> None:
    page = visitor.page
    page.goto("/")
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.goto("/login")
    user = people.new()
    page.locator("input[name=email]").focus()
    page.keyboard.type(user.email)
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page.locator("input[name=remember]")).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.locator("a.nav-user")).to_have_text(user.username)


def test_a_forgotten_password(chromium: Browser, serve_new: ServeNew) -> None:
    """On a development server, where the mail is on a page."""
    with serve_new(debug=True) as url:
        context = chromium.new_context(base_url=url)
        visitor, page = Visitor(context.new_page(), [], url), context.pages[0]
        visitor.register("forgetful")
        page.goto("/settings")
        visitor.button("Or click here to logout").click()
        page.goto("/login")
        page.click("text=Forgot your password?")
        page.fill("input[name=email]", "forgetful@test.com")
        page.click("button[type=submit]")
        expect(page.get_by_role("link", name="the mail that it sent")).to_have_attribute("href", visitor.path("/mail"))
        visitor.read_mail(2)
        expect(page.locator(".letter h2")).to_have_text(["A new password for Conduit", "Is this your address?"])
        page.locator(".letter a").first.click()
        page.fill("input[name=password]", "a new one 77")
        page.click("button[type=submit]")
        expect(page).to_have_url(visitor.at("/login"))
        expect(page.get_by_role("status")).to_contain_text("Your password is changed")
        page.goto("/mail")
        page.locator(".letter a").last.click()
        expect(page.locator("main")).to_contain_text("forgetful@test.com")
        page.click("text=Confirm it")
        expect(page.get_by_role("status")).to_contain_text("Your address is confirmed")
        context.close()

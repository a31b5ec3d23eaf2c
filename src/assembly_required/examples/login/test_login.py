"""What each example for signing in does, by the same requests."""

from urllib.parse import parse_qs, urlsplit

import pytest

ADA = {"username": "ada", "password": "analytical-engine"}

# Where a form without a token is refused, and how. Flask and Flask-Login leave this to another extension.
WITHOUT_TOKEN = {"django": 403}
# How a form without its fields is refused: Django shows it again.
WITHOUT_FIELDS = {"django": 200}
# Where the session is kept by the server. Elsewhere it is in the cookie, and a copy of the cookie stays valid.
ON_SERVER = {"django"}


def sign_in(browser, path="/login", **fields):
    hidden = browser.get(path).hidden()
    return browser.post(path, {**hidden, **ADA, **fields})


def sign_out(browser):
    return browser.post("/logout", browser.get("/").hidden())


@pytest.fixture
def browser(example):
    return example.new()


def test_a_visitor_is_sent_to_the_sign_in_page_and_back(browser):
    answer = browser.get("/members?page=2&tag=a")
    assert answer.status == 302
    login = urlsplit(answer.headers["location"])
    assert login.path == "/login"
    assert parse_qs(login.query)["next"] == ["/members?page=2&tag=a"]
    answer = sign_in(browser, answer.headers["location"])
    assert answer.status == 302
    assert answer.headers["location"] == "/members?page=2&tag=a"
    answer = browser.get(answer.headers["location"])
    assert answer.status == 200
    assert "ada" in answer.text


def test_without_next_the_members_page_follows(browser):
    assert sign_in(browser).headers["location"] == "/members"
    assert "ada" in browser.get("/").text


@pytest.mark.parametrize(
    "target",
    [
        "https://example.com/",
        "//example.com/",
        "///example.com/",
        "/%5Cexample.com/",
        "%5C%5Cexample.com/",
        "/%09/example.com/",
        "%20//example.com/",
        "javascript:alert(1)",
        "https:example.com",
        "members%0d%0aX-Header:%20a",
    ],
)
def test_next_stays_on_this_site(browser, target):
    answer = sign_in(browser, f"/login?next={target}")
    assert answer.status == 302
    assert urlsplit(answer.headers["location"]).netloc == ""
    assert answer.headers["location"].startswith(("/members", "members"))
    assert "x-header" not in answer.headers


@pytest.mark.parametrize("fields", [{"password": "wrong"}, {"username": "nobody"}, {"username": "a\0"}])
def test_a_wrong_name_or_password_shows_the_form_again(browser, fields):
    answer = sign_in(browser, **fields)
    assert answer.status == 200
    assert "<form" in answer.text
    assert "password" in answer.text
    assert browser.get("/members").status == 302


def test_a_form_without_its_fields_is_refused(browser):
    answer = browser.post("/login", browser.get("/login").hidden() or {"other": "1"})
    assert answer.status == WITHOUT_FIELDS.get(browser.name, 400)


def test_a_form_without_a_token(browser):
    assert browser.post("/login", ADA).status == WITHOUT_TOKEN.get(browser.name, 302)


@pytest.mark.parametrize("fields", [{}, {"remember": "on"}], ids=["session", "remember"])
def test_the_end_of_the_browser_ends_the_session_unless_remembered(browser, fields):
    sign_in(browser, **fields)
    assert browser.get("/members").status == 200
    browser.cookies.clear_session_cookies()
    assert browser.get("/members").status == (200 if fields else 302)


@pytest.mark.parametrize("fields", [{}, {"remember": "on"}], ids=["session", "remember"])
def test_signing_out(browser, fields):
    sign_in(browser, **fields)
    copy = "; ".join(f"{cookie.name}={cookie.value}" for cookie in browser.cookies)
    answer = sign_out(browser)
    assert answer.status == 302
    assert answer.headers["location"] == "/"
    assert browser.get("/members").status == 302
    assert browser.new().get("/members", Cookie=copy).status == (302 if browser.name in ON_SERVER else 200)


def test_a_link_does_not_sign_out(browser):
    sign_in(browser)
    assert browser.get("/logout").status == 405
    assert browser.get("/members").status == 200


def test_a_visitor_can_sign_out(browser):
    hidden = browser.get("/login").hidden()
    assert browser.post("/logout", {**hidden, "a": "1"}).status == 302


def test_scripts_and_other_sites_cannot_use_the_cookies(browser):
    sign_in(browser, remember="on")
    assert len(browser.cookies) > 0
    for cookie in browser.cookies:
        assert cookie.has_nonstandard_attr("HttpOnly"), cookie.name
        assert cookie.get_nonstandard_attr("SameSite") == "Lax", cookie.name


def test_a_forged_cookie_is_no_session(browser):
    sign_in(browser, remember="on")
    forged = "; ".join(f"{cookie.name}={cookie.value[:-4]}AAAA" for cookie in browser.cookies)
    assert browser.new().get("/members", Cookie=forged).status == 302

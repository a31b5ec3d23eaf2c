"""What each example for forms does, by the same requests."""

from html import unescape

import pytest

ARTICLE = {"title": "Forms in Flask", "body": "A text.", "tags": "flask, web,flask, ,"}

# How a form without a valid token is refused: Flask-WTF as a bad request, Django as forbidden.
WITHOUT_TOKEN = {"django": 403, "django_in_flask": 403, "flask_wtf": 400, "plain": 400}

# Each library has messages of its own.
REQUIRED = {"plain": "is required."}
TOO_LONG = {
    "django": "Ensure this value has at most 80 characters (it has 81).",
    "django_in_flask": "Ensure this value has at most 80 characters (it has 81).",
    "flask_wtf": "Field cannot be longer than 80 characters.",
    "plain": "At most 80 characters.",
}
TAGS = "At most 5 tags of 20 characters."

# Django refuses a form with more than 1000 fields. The others read it.
MANY_FIELDS = {"django": 400}


def send(browser, **fields):
    return browser.post("/new", {**browser.get("/new").hidden(), **ARTICLE, **fields})


def find_field(page, name):
    """Return the part of the page with the label, the input and the errors of a field."""
    return next(part for part in page.split("<label")[1:] if f'name="{name}"' in part)


@pytest.fixture
def browser(example):
    return example.new()


def test_the_form_is_empty_at_first(browser):
    answer = browser.get("/new")
    assert answer.status == 200
    assert "At most" not in answer.text
    assert "required." not in answer.text
    assert "Undefined" not in answer.text
    assert [find_field(answer.text, name) for name in ARTICLE]


def test_an_article_is_published_with_its_tags(browser):
    answer = send(browser, title="Tags & <more>")
    assert answer.status == 302
    assert answer.headers["location"] == "/"
    page = browser.get("/").text
    assert "Tags &amp; &lt;more&gt; (flask, web)" in page


def test_tags_may_be_left_out(browser):
    assert send(browser, title="No tags", tags="").status == 302
    assert "No tags ()" in browser.get("/").text


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("title", "", REQUIRED),
        ("title", "  ", REQUIRED),
        ("title", "x" * 81, TOO_LONG),
        ("body", "", REQUIRED),
        ("tags", "a,b,c,d,e,f", {}),
        ("tags", "x" * 21, {}),
    ],
)
def test_an_error_stands_beside_its_field(browser, name, value, expected):
    answer = send(browser, **{name: value, "title" if name != "title" else "body": "kept"})
    default = TAGS if name == "tags" else "This field is required."
    message = expected.get(browser.name, default)
    assert answer.status == 200
    assert message in find_field(answer.text, name)
    for other in set(ARTICLE) - {name}:
        assert message not in find_field(answer.text, other)
    assert "kept" not in browser.get("/").text


def test_all_errors_are_shown_at_once(browser):
    answer = send(browser, title="x" * 81, body="", tags="x" * 21)
    assert TOO_LONG[browser.name] in find_field(answer.text, "title")
    assert REQUIRED.get(browser.name, "This field is required.") in find_field(answer.text, "body")
    assert TAGS in find_field(answer.text, "tags")


def test_values_are_kept_and_escaped(browser):
    sent = {"title": "", "body": "\r\n</textarea><b>bold</b>", "tags": 'x"><script>, ' + "y" * 21}
    answer = send(browser, **sent)
    assert answer.status == 200
    body, tags = find_field(answer.text, "body"), find_field(answer.text, "tags")
    assert "&lt;/textarea&gt;&lt;b&gt;bold" in body
    assert "<b>" not in body
    assert 'value="x"><script>, yyy' in unescape(tags)
    assert "<script>" not in tags


def test_a_post_without_fields_is_an_invalid_form(browser):
    answer = browser.post("/new", browser.get("/new").hidden())
    assert answer.status == 200
    assert REQUIRED.get(browser.name, "This field is required.") in find_field(answer.text, "title")


@pytest.mark.parametrize("token", [None, "", "wrong", "ä€"])
def test_a_post_without_a_valid_token_is_refused(browser, token):
    hidden = browser.get("/new").hidden()
    assert hidden
    fields = {} if token is None else dict.fromkeys(hidden, token)
    answer = browser.post("/new", {**ARTICLE, **fields, "title": "Refused"})
    assert answer.status == WITHOUT_TOKEN[browser.name]
    assert "Refused" not in browser.get("/").text


def test_the_token_of_another_browser_is_refused(browser):
    browser.get("/new")
    answer = browser.post("/new", {**ARTICLE, **browser.new().get("/new").hidden()})
    assert answer.status == WITHOUT_TOKEN[browser.name]


def test_a_token_without_its_cookie_is_refused(browser):
    hidden = browser.get("/new").hidden()
    assert browser.new().post("/new", {**ARTICLE, **hidden}).status == WITHOUT_TOKEN[browser.name]


def test_many_fields(browser):
    many = {f"field{number}": "a" for number in range(1001)}
    assert send(browser, **many).status == MANY_FIELDS.get(browser.name, 302)


def test_bytes_that_are_no_text(browser):
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    hidden = "&".join(f"{name}={value}" for name, value in browser.get("/new").hidden().items())
    answer = browser.post("/new", value=f"{hidden}&title=%ff%fe&body=".encode(), **form)
    assert answer.status == 200


def test_a_malformed_body(browser):
    browser.get("/new")
    answer = browser.post("/new", value=b"--", **{"Content-Type": "multipart/form-data"})
    assert answer.status == {**WITHOUT_TOKEN, "django": 400}[browser.name]

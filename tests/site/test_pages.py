"""The first pages: reading, registering, signing in and out."""

import re
from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assembly_required.assembly import assembled
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import refused
from assembly_required.contract.people import PASSWORD, People, unique
from assembly_required.sandbox import ready_app
from assembly_required.site.csrf import FIELD
from assembly_required.slots import SLOTS
from tests.conftest import ROOT, MakeApp


@pytest.fixture(scope="module", params=SLOTS["login"].names)
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """An app for each option of ``login``."""
    return ready_app(tmp_path_factory.mktemp("instance"), ROOT, STACK_LOGIN=request.param)


@pytest.fixture
def people(app: Flask) -> People:
    return People(Client(in_process(app)))


@pytest.fixture
def browser(app: Flask) -> Iterator[FlaskClient]:
    with app.test_client() as client:
        yield client


def token(page: str) -> str:
    found = re.search(rf'name="{FIELD}" value="([^"]+)"', page)
    assert found
    return found[1]


def submit(browser: FlaskClient, path: str, **fields: str) -> tuple[int, str, str]:
    """Fill in the form of a page and send it: status, where it leads, what it shows."""
    form = {FIELD: token(browser.get(path).text), **fields}
    response = browser.post(path, data=form)
    return response.status_code, response.headers.get("Location", ""), response.text


def test_an_empty_blog_says_so(make_app: MakeApp) -> None:
    page = make_app().test_client().get("/")
    assert page.status_code == 200
    assert "No articles yet." in page.text


def test_home_shows_what_was_published(browser: FlaskClient, people: People) -> None:
    author = people.new()
    article = author.publish(description="About <b>this</b>", tagList=[unique("tag")])
    page = browser.get("/").text
    assert f"<h1>{article['title']}</h1>" in page
    assert "About &lt;b&gt;this&lt;/b&gt;" in page
    assert author.username in page
    assert article["tagList"][0] in page
    assert f'href="/article/{article["slug"]}"' in page


def test_home_has_pages_of_ten(make_app: MakeApp) -> None:
    app = make_app()
    author = People(Client(in_process(app))).new()
    for _ in range(15):
        author.publish()
    client = app.test_client()
    first, second, third = (client.get(path).text for path in ("/", "/?page=2", "/?page=3"))
    assert [page.count('class="article-preview"') for page in (first, second, third)] == [10, 5, 0]
    assert 'href="/?page=2"' in first
    assert "No articles on this page." in third
    for odd in ("0", "-1", "x", "9" * 40, "²"):
        assert client.get(f"/?page={odd}").status_code == 200


def test_an_article_is_rendered_from_markdown(browser: FlaskClient, people: People) -> None:
    author = people.new()
    body = "# One\n\nA *word*, <script>alert(1)</script> and [a link](javascript:alert(1))."
    article = author.publish(body=body, tagList=["a", "b"])
    author.comment(article["slug"], "Hear <i>hear</i>")
    page = browser.get(f"/article/{article['slug']}").text
    assert "<em>word</em>" in page
    assert "<script" not in page
    assert 'href="javascript' not in page
    assert "Hear &lt;i&gt;hear&lt;/i&gt;" in page
    assert page.count('class="tag-default"') == 2


@pytest.mark.parametrize("image", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "http://[x"])
def test_a_picture_that_is_none_is_not_shown(browser: FlaskClient, people: People, image: str) -> None:
    author = people.new()
    author.put("/user", {"user": {"image": image}})
    page = browser.get(f"/article/{author.publish()['slug']}").text
    assert 'src="/static/default-avatar.svg"' in page
    assert image not in page


def test_a_picture_cannot_break_out_of_its_attribute(browser: FlaskClient, people: People) -> None:
    author = people.new()
    author.put("/user", {"user": {"image": 'https://x/a.jpg"onerror="alert(1)'}})
    page = browser.get(f"/article/{author.publish()['slug']}").text
    assert '"onerror="' not in page
    assert "https://x/a.jpg&#34;onerror=&#34;alert(1)" in page


def test_registering_signs_in_and_goes_home(browser: FlaskClient) -> None:
    name = unique("visitor")
    status, location, _ = submit(browser, "/register", username=name, email=f"{name}@test.com", password=PASSWORD)
    assert (status, location) == (302, "/")
    home = browser.get("/").text
    assert name in home
    assert 'href="/login"' not in home


def test_signing_in_and_out(browser: FlaskClient, people: People) -> None:
    user = people.new()
    assert submit(browser, "/login", email=user.email, password=PASSWORD)[:2] == (302, "/")
    home = browser.get("/").text
    assert user.username in home
    assert browser.post("/logout", data={FIELD: token(home)}).headers["Location"] == "/"
    assert 'href="/login"' in browser.get("/").text


def test_a_refused_login_says_why_and_keeps_the_email(browser: FlaskClient, people: People) -> None:
    user = people.new()
    status, _, page = submit(browser, "/login", email=user.email, password="wrong")
    assert status == 401
    assert page.count('class="error-messages"') == 1
    assert "email or password is wrong" in page
    assert f'value="{user.email}"' in page
    assert "wrong" not in re.findall(r'name="password"[^>]*', page)[0]


def test_a_refused_registration_says_everything_that_is_wrong(browser: FlaskClient) -> None:
    status, _, page = submit(browser, "/register", username=" ", email="x", password="short")
    assert status == 422
    said = re.findall(r"<li>(username|email|password) ([^<]+)</li>", page)
    assert said == [
        ("username", "can&#39;t be blank"),
        ("email", "is invalid"),
        ("password", "is too short (minimum is 8 characters)"),
    ]


def test_a_taken_name_is_said_on_the_form(browser: FlaskClient, people: People) -> None:
    user = people.new()
    form = {"username": user.username, "email": f"{unique('x')}@test.com", "password": PASSWORD}
    status, _, page = submit(browser, "/register", **form)
    assert status == 409
    assert "username has already been taken" in page


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_a_fresh_form_shows_no_errors(browser: FlaskClient, path: str) -> None:
    assert "error-messages" not in browser.get(path).text


@pytest.mark.parametrize("path", ["/login", "/register", "/logout"])
@pytest.mark.parametrize("sent", [None, "", "forged", "\u00e9"])
def test_a_forged_form_changes_nothing(app: Flask, people: People, path: str, sent: str | None) -> None:
    user = people.new()
    browser = app.test_client()
    submit(browser, "/login", email=user.email, password=PASSWORD)
    name = unique("forged")
    form = {"username": name, "email": f"{name}@test.com", "password": PASSWORD}
    response = browser.post(path, data=form if sent is None else {**form, FIELD: sent})
    assert response.status_code == 400
    assert user.username in browser.get("/").text
    refused(people.anyone.get(f"/profiles/{name}"), 404, profile="not found")


def test_the_token_of_one_visitor_is_not_that_of_another(app: Flask) -> None:
    one, two = app.test_client(), app.test_client()
    stolen = token(one.get("/login").text)
    two.get("/login")
    assert two.post("/login", data={FIELD: stolen}).status_code == 400


def test_signing_in_starts_a_new_session(browser: FlaskClient, people: People) -> None:
    before = token(browser.get("/login").text)
    submit(browser, "/login", email=people.new().email, password=PASSWORD)
    assert token(browser.get("/").text) != before


def test_a_signed_in_browser_is_nobody_for_the_api(browser: FlaskClient, people: People) -> None:
    submit(browser, "/login", email=people.new().email, password=PASSWORD)
    for method, path in (("GET", "/api/user"), ("POST", "/api/articles"), ("GET", "/api/articles/feed")):
        answer = browser.open(path, method=method)
        assert answer.status_code == 401
        assert answer.json == {"errors": {"token": ["is missing"]}}
        assert "Set-Cookie" not in answer.headers


def test_somebody_who_is_gone_is_signed_out(browser: FlaskClient, people: People) -> None:
    user = people.new()
    submit(browser, "/login", email=user.email, password=PASSWORD)
    app = browser.application
    with app.app_context():
        store = assembled(app).store
        profile = store.profile(user.username, None)
        assert profile
        gone = store.user(profile.id)
        assert gone
        store.remove_user(gone)
    assert 'href="/login"' in browser.get("/").text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [("GET", "/nothing", 404), ("GET", "/article/nothing", 404), ("POST", "/", 405), ("POST", "/article/x", 405)],
)
def test_an_error_is_a_page_with_the_navigation(browser: FlaskClient, method: str, path: str, status: int) -> None:
    response = browser.open(path, method=method)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert 'class="navbar"' in response.text


def test_a_fault_of_ours_is_a_page_and_json(make_app: MakeApp) -> None:
    app = make_app()

    @app.get("/fault")
    @app.get("/api/fault")
    def fault() -> str:
        raise RuntimeError("the details")

    page = app.test_client().get("/fault")
    assert (page.status_code, page.mimetype) == (500, "text/html")
    assert "the details" not in page.text
    refused(Client(in_process(app)).get("/fault"), 500, request="internal server error")


def test_what_only_begins_like_the_api_is_the_site(browser: FlaskClient) -> None:
    response = browser.get("/apiary", headers={"Origin": "https://elsewhere.example"})
    assert response.mimetype == "text/html"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_the_default_picture_is_served(browser: FlaskClient) -> None:
    with browser.get("/static/default-avatar.svg") as response:
        assert response.mimetype == "image/svg+xml"


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: FlaskClient) -> None:
    cookie = browser.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie

"""Public pages: lists, articles, profiles and error pages."""

import re
from pathlib import Path

import pytest

from assembly_required.conduit.errors import Unavailable
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.expect import expect_error
from assembly_required.contract.people import People, unique
from assembly_required.stack.assembly import assembled
from assembly_required.web.headers import HEADERS
from tests.conftest import MakeApp
from tests.site.browser import Browser

TEMPLATES = Path(__file__).parents[2] / "src" / "assembly_required" / "web" / "site" / "templates"


def test_an_empty_blog_shows_a_message(make_app: MakeApp) -> None:
    page = make_app().test_client().get("/")
    assert page.status_code == 200
    assert "No articles yet." in page.text


def test_home_shows_what_was_published(browser: Browser, people: People) -> None:
    author = people.new()
    article = author.publish(description="About <b>this</b>", tagList=[unique("tag")])
    page = browser.get("/").text
    assert f"<h1>{article['title']}</h1>" in page
    assert "About &lt;b&gt;this&lt;/b&gt;" in page
    assert author.username in page
    assert article["tagList"][0] in page
    assert f'href="/article/{article["slug"]}"' in page


def test_lists_have_pages_of_ten(make_app: MakeApp) -> None:
    app = make_app()
    people = People(Client(in_process(app)))
    author, reader = people.new(), people.new()
    reader.post(f"/profiles/{author.username}/follow")
    for _ in range(15):
        reader.post(f"/articles/{author.publish(tagList=['x y'])['slug']}/favorite")
    browser = Browser(app)
    browser.sign_in(reader)
    for path, second in (
        ("/", "/?page=2"),
        ("/?feed=following", "/?feed=following&amp;page=2"),
        ("/tag/x%20y", "/tag/x%20y?page=2"),
        (f"/profile/{author.username}", f"/profile/{author.username}?page=2"),
        (f"/profile/{reader.username}/favorites", f"/profile/{reader.username}/favorites?page=2"),
    ):
        first = browser.get(path).text
        assert first.count('class="article-preview"') == 10, path
        assert first.count(f'<a class="page-link" href="{second}">2</a>') == 1, path
        assert browser.get(second.replace("&amp;", "&")).text.count('class="article-preview"') == 5
    assert "No articles on this page." in browser.get("/?page=3").text
    for odd in ("0", "-1", "x", "9" * 40, "²"):
        assert browser.get(f"/?page={odd}").status_code == 200


def test_the_sidebar_has_the_tags_used_last(make_app: MakeApp) -> None:
    app = make_app()
    people = People(Client(in_process(app)))
    author = people.new()
    tags = [f"tag-{number}" for number in range(30)]
    for start in (0, 10, 20):
        author.publish(tagList=tags[start : start + 10])
    for path in ("/", "/tag/tag-1"):
        shown = re.findall(r'class="tag-pill" href="/tag/([^"]+)"', app.test_client().get(path).text)
        assert sorted(shown) == tags[10:], path
    author.publish(tagList=["rare"])
    shown = re.findall(r'class="tag-pill" href="/tag/([^"]+)"', app.test_client().get("/").text)
    assert shown[0] == "rare"
    assert len(shown) == 20
    assert len(Client(in_process(app)).get("/tags").json["tags"]) == 31


def test_a_short_list_has_no_pages(make_app: MakeApp) -> None:
    app = make_app()
    People(Client(in_process(app))).new().publish()
    assert "pagination" not in app.test_client().get("/").text


def test_the_feed_of_a_stranger_is_the_form_to_sign_in(browser: Browser) -> None:
    assert browser.get("/?feed=following").headers["Location"] == "/login"


def test_an_empty_feed_shows_a_message(browser: Browser, people: People) -> None:
    browser.sign_in(people.new())
    page = browser.get("/?feed=following").text
    (empty,) = re.findall(r'<p class="empty empty-feed-message">(.*?)</p>', page)
    assert empty.startswith("Your feed is empty")
    assert empty.count('href="/"') == 1


def test_an_article_is_rendered_from_markdown(browser: Browser, people: People) -> None:
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


def test_a_title_is_escaped(browser: Browser, people: People) -> None:
    slug = people.new().publish(title="The element <script> & co.")["slug"]
    page = browser.get(f"/article/{slug}").text
    assert "<h1>The element &lt;script&gt; &amp; co.</h1>" in page
    assert "<script" not in page


@pytest.mark.parametrize("image", ["javascript:alert(1)", "data:text/html,x", "JAVASCRIPT:x", "http://[x"])
def test_an_invalid_picture_is_not_shown(browser: Browser, people: People, image: str) -> None:
    author = people.new()
    author.put("/user", {"user": {"image": image}})
    page = browser.get(f"/article/{author.publish()['slug']}").text
    assert 'src="/static/default-avatar.svg"' in page
    assert image not in page


def test_a_picture_cannot_break_out_of_its_attribute(browser: Browser, people: People) -> None:
    author = people.new()
    author.put("/user", {"user": {"image": 'https://x/a.jpg"onerror="alert(1)'}})
    page = browser.get(f"/article/{author.publish()['slug']}").text
    assert '"onerror="' not in page
    assert "https://x/a.jpg&#34;onerror=&#34;alert(1)" in page


def test_a_profile_shows_its_owner(browser: Browser, people: People) -> None:
    author = people.new()
    article = author.publish()
    path = f"/profile/{author.username}"
    page = browser.get(path).text
    assert f"<h4>{author.username}</h4>\n    <p></p>" in page
    assert f"Follow {author.username}" in page
    assert article["title"] in page
    assert article["title"] not in browser.get(f"{path}/favorites").text
    browser.sign_in(author)
    own = browser.get(path).text
    assert "Edit Profile Settings" in own
    assert "Follow" not in own


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/nothing", 404),
        ("GET", "/article/nothing", 404),
        ("GET", "/article/no%00thing", 404),
        ("GET", "/profile/nobody", 404),
        ("GET", "/profile/nobody/favorites", 404),
        ("POST", "/", 405),
        ("GET", "/logout", 405),
    ],
)
def test_an_error_is_a_page_with_the_navigation(browser: Browser, method: str, path: str, status: int) -> None:
    response = browser.client.open(path, method=method)
    assert response.status_code == status
    assert response.mimetype == "text/html"
    assert 'class="navbar"' in response.text
    for name in HEADERS:
        assert len(response.headers.getlist(name)) == 1, name


@pytest.mark.parametrize("path", ["/login", "/nothing"])
def test_the_page_of_a_forged_form_has_each_header_once(browser: Browser, path: str) -> None:
    response = browser.client.post(path)
    assert response.status_code == (400 if path == "/login" else 404)
    for name in HEADERS:
        assert len(response.headers.getlist(name)) == 1, name


def test_the_page_of_a_lost_database_has_each_header_once(make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    app = make_app()

    def fail(*arguments: object) -> None:
        raise Unavailable

    monkeypatch.setattr(assembled(app).store, "articles", fail)
    response = app.test_client().get("/")
    assert response.status_code == 503
    for name in (*HEADERS, "Retry-After"):
        assert len(response.headers.getlist(name)) == 1, name


def test_what_is_too_large_is_a_page(browser: Browser) -> None:
    response = browser.post("/login", email="x" * (1024 * 1024))
    assert response.status_code == 413
    assert "A request may contain at most one megabyte." in response.text


def test_a_tag_that_cannot_be_stored_has_no_articles(browser: Browser) -> None:
    assert "No articles yet." in browser.get("/tag/no%00thing").text


def test_a_fault_of_ours_is_a_page_and_json(make_app: MakeApp) -> None:
    app = make_app()

    @app.get("/fault")
    @app.get("/api/fault")
    def fault() -> str:
        raise RuntimeError("the details")

    page = app.test_client().get("/fault")
    assert (page.status_code, page.mimetype) == (500, "text/html")
    assert "the details" not in page.text
    expect_error(Client(in_process(app)).get("/fault"), 500, request="internal server error")


def test_what_only_begins_like_the_api_is_the_site(browser: Browser) -> None:
    response = browser.client.get("/apiary", headers={"Origin": "https://elsewhere.example"})
    assert response.mimetype == "text/html"
    assert "Access-Control-Allow-Origin" not in response.headers


def test_every_file_that_a_page_names_is_served(browser: Browser) -> None:
    named = set(re.findall(r"filename='([^']+)'", "".join(path.read_text() for path in TEMPLATES.glob("*.html"))))
    assert {"site.css", "tags.js", "icon.svg"} <= named
    for name in {*named, "default-avatar.svg", "heart.svg", "trash.svg", "cross.svg"}:
        with browser.get(f"/static/{name}") as response:
            assert response.status_code == 200
            assert response.mimetype in ("image/svg+xml", "text/css", "text/javascript")


def test_a_page_says_what_a_browser_may_do_with_it(browser: Browser) -> None:
    headers = browser.get("/").headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


def test_the_cookie_is_kept_from_scripts_and_other_sites(browser: Browser) -> None:
    cookie = browser.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def test_a_reader_who_fills_in_nothing_gets_no_cookie(browser: Browser) -> None:
    assert "Set-Cookie" not in browser.get("/docs/").headers


def test_the_icon_that_browsers_ask_for(browser: Browser) -> None:
    assert browser.get("/favicon.ico").headers["Location"] == "/static/icon.svg"

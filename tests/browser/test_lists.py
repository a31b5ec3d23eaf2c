"""Home, feeds, tags, pages, profiles: sections 2.4 and 2.7 of the contract."""

import re

import pytest
from playwright.sync_api import Browser, expect

from assembly_required.contract.client import Client, over_http
from assembly_required.contract.people import People, unique
from tests.browser.conftest import ServeNew
from tests.browser.visitor import Visitor
from tests.conftest import by_lane


def test_the_tabs(visitor: Visitor, people: People) -> None:
    page, tag = visitor.page, unique("tag")
    people.new().publish(tagList=[tag])
    page.goto("/")
    expect(page.locator(".banner")).to_be_visible()
    expect(page.locator(".feed-toggle a.nav-link")).to_have_text(["Global Feed"])
    visitor.sign_in(people.new())
    expect(page.locator(".feed-toggle a.nav-link")).to_have_text(["Your Feed", "Global Feed"])
    expect(page.locator(".nav-link.active")).to_have_text("Global Feed")
    page.locator(".nav-link", has_text="Your Feed").click()
    expect(page).to_have_url(visitor.at("/?feed=following"))
    expect(page.locator(".nav-link.active")).to_have_text("Your Feed")
    expect(page.locator(".empty-feed-message")).to_contain_text("Your feed is empty")
    expect(page.locator(f'.empty-feed-message a[href="{visitor.path("/")}"]')).to_have_count(1)
    page.locator(".sidebar .tag-pill", has_text=tag).click()
    expect(page).to_have_url(visitor.at(f"/tag/{tag}"))
    expect(page.locator(".nav-link.active")).to_contain_text(tag)
    expect(page.locator(".article-preview")).to_have_count(1)
    page.locator(".nav-link", has_text="Global Feed").click()
    expect(page).to_have_url(visitor.at("/"))


@pytest.mark.full
def test_fifteen_articles_by_hand(visitor: Visitor, people: People) -> None:
    page, name, tag = visitor.page, unique("writer"), unique("tag")
    visitor.register(name)
    for number in range(15):
        visitor.write(f"Article {number}", tags=[tag])
    page.goto(f"/tag/{tag}")
    expect(page.locator(".article-preview")).to_have_count(10)
    expect(page.locator(".page-item.active")).to_have_text("1")
    page.locator(".page-link", has_text="2").click()
    expect(page).to_have_url(visitor.at(f"/tag/{tag}?page=2"))
    expect(page.locator(".article-preview")).to_have_count(5)
    page.locator(".nav-link", has_text="Global Feed").click()
    expect(page).to_have_url(visitor.at("/"))
    page.goto(f"/profile/{name}")
    expect(page.locator(".article-preview")).to_have_count(10)
    reader = people.new()
    reader.post(f"/profiles/{name}/follow")
    page.context.clear_cookies()
    visitor.sign_in(reader)
    page.goto("/?feed=following&page=2")
    expect(page.locator(".article-preview")).to_have_count(5)
    page.locator(".page-link", has_text="1").click()
    expect(page.locator(".page-link", has_text="2")).to_have_attribute("href", visitor.path("/?feed=following&page=2"))
    expect(page.locator(".article-preview")).to_have_count(10)


@pytest.mark.full
def test_a_preview(visitor: Visitor, people: People) -> None:
    page, author = visitor.page, people.new()
    title, tag = unique("Title"), unique("tag")
    slug = author.publish(title=title, description="About it", tagList=[tag, "second"])["slug"]
    page.goto(f"/tag/{tag}")
    preview = page.locator(".article-preview")
    expect(preview.locator(".article-meta img")).to_have_count(1)
    expect(preview.locator("a.author")).to_have_attribute("href", visitor.path(f"/profile/{author.username}"))
    expect(preview.locator("button")).to_have_text("0")
    expect(preview.locator("a.preview-link h1")).to_have_text(title)
    expect(preview.locator("a.preview-link p")).to_have_text("About it")
    expect(preview.locator(".tag-list .tag-default")).to_have_text([tag, "second"])
    preview.locator("h1").click()
    expect(page).to_have_url(visitor.at(f"/article/{slug}"))


def test_a_click_on_a_heart_is_sent_at_once(visitor: Visitor, people: People) -> None:
    page, reader, tag = visitor.page, people.new(), unique("tag")
    people.new().publish(tagList=[tag])
    visitor.sign_in(reader)
    page.goto(f"/tag/{tag}")
    page.locator(".article-preview button.btn-outline-primary").click()
    page.goto(f"/profile/{reader.username}")
    page.locator("a", has_text="Favorited").click()
    expect(page).to_have_url(visitor.at(f"/profile/{reader.username}/favorites"))
    expect(page.locator(".article-preview")).to_have_count(1)
    page.goto(f"/tag/{tag}")
    page.locator(".article-preview button.btn-primary").click()
    expect(page).to_have_url(visitor.at(f"/tag/{tag}"))
    expect(page.locator(".article-preview button.btn-outline-primary")).to_have_text("0")


def test_profiles(visitor: Visitor, people: People) -> None:
    page, author, reader = visitor.page, people.new(), people.new()
    author.publish()
    visitor.sign_in(reader)
    page.goto(f"/profile/{author.username}")
    expect(page.locator("h4")).to_have_text(author.username)
    expect(page.locator(".user-info p")).to_have_text("")
    expect(page.locator(f"nav a[href^='{visitor.path('/profile/')}']")).to_have_count(1)
    follow = page.locator("button", has_text="ollow")
    expect(follow).to_have_text(f"Follow {author.username}")
    follow.click()
    expect(follow).to_have_text(f"Unfollow {author.username}")
    page.goto("/?feed=following")
    expect(page.locator(".article-preview")).to_have_count(1)
    page.goto(f"/profile/{author.username}")
    follow.click()
    expect(follow).to_have_text(f"Follow {author.username}")
    page.goto(f"/profile/{reader.username}")
    expect(page.locator(f'.user-info a[href="{visitor.path("/settings")}"]')).to_have_text("Edit Profile Settings")
    expect(page.locator("button", has_text="Follow")).to_have_count(0)
    response = page.goto("/profile/nobody_has_this_name")
    assert response
    assert response.status == 404
    expect(page.locator("nav.navbar")).to_be_visible()


@pytest.mark.full
def test_an_empty_blog(chromium: Browser, serve_new: ServeNew) -> None:
    with serve_new() as url:
        context = chromium.new_context(base_url=url)
        page = context.new_page()
        page.goto(f"{url}/")
        expect(page.locator(".article-preview")).to_have_count(0)
        expect(page.locator("main")).to_contain_text("No articles yet.")
        author = People(Client(over_http(url))).new()
        author.publish(tagList=["popular", "trending"])
        page.reload()
        for tag in ("popular", "trending"):
            expect(page.locator(".sidebar .tag-pill", has_text=tag)).to_have_count(1)
        context.close()


@pytest.mark.parametrize("width", by_lane([320, 390, 1280], 390))
def test_nothing_is_wider_than_the_screen(visitor: Visitor, people: People, width: int) -> None:
    page, author = visitor.page, people.new("W" * 40)
    long = {"title": "Title" * 40, "description": "D" * 500, "body": f"{'x' * 500}\n\n```\n{'y' * 500}\n```"}
    slug = author.publish(**long, tagList=["t" * 50])["slug"]
    author.comment(slug, "c" * 500)
    visitor.sign_in(author)
    page.set_viewport_size({"width": width, "height": 700})
    for path in ("/", f"/article/{slug}", f"/profile/{author.username}", f"/editor/{slug}", "/settings", "/nothing"):
        page.goto(path)
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, (path, wide)


@pytest.mark.full
def test_the_name_stands_in_the_title(visitor: Visitor, people: People) -> None:
    page = visitor.page
    article = people.new().publish()
    titles = {"/login": "Sign in", f"/article/{article['slug']}": article["title"], "/x": "Page not found"}
    for path, title in titles.items():
        page.goto(path)
        expect(page).to_have_title(re.compile(re.escape(title)))

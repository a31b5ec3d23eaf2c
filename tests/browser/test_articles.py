"""Editor, article, comments: sections 2.5 and 2.6 of the contract."""

import re

import pytest
from playwright.sync_api import Page, expect

from assembly_required.contract.people import People, unique
from tests.browser.visitor import Visitor


def pills(page: Page) -> list[str]:
    return [text.strip() for text in page.locator(".tag-field .tag-pill").all_inner_texts()]


def test_publishing_with_tags(visitor: Visitor, people: People) -> None:
    page, title = visitor.page, unique("Title")
    visitor.sign_in(people.new())
    path = visitor.write(title, "About", "A plain body", ["one", "two", "three"])
    expect(page.locator("h1")).to_have_text(title)
    expect(page.locator(".article-content p")).to_have_text("A plain body")
    expect(page.locator(".tag-list .tag-default")).to_have_text(["one", "two", "three"])
    page.goto("/")
    expect(page.locator(".sidebar .tag-list .tag-pill", has_text="three").first).to_be_visible()
    page.goto(f"/editor/{path.rsplit('/', 1)[1]}")
    expect(page.locator("input[name=title]")).to_have_value(title)
    expect(page.locator("input[name=description]")).to_have_value("About")
    expect(page.locator("textarea[name=body]")).to_have_value("A plain body")
    assert pills(page) == ["one", "two", "three"]


def test_tags_are_taken_away_by_their_crosses(visitor: Visitor, people: People) -> None:
    page = visitor.page
    visitor.sign_in(people.new())
    path = visitor.write(unique("Title"), tags=["one", "two"])
    page.locator("a", has_text="Edit Article").click()
    crosses = page.locator(".tag-list .tag-pill i")
    while crosses.count():
        crosses.first.click()
        page.wait_for_timeout(100)
    visitor.button("Publish Article").click()
    expect(page).to_have_url(visitor.at(path))
    expect(page.locator(".tag-list .tag-default")).to_have_count(0)


@pytest.mark.full
def test_a_tag_twice_is_one_and_commas_part(visitor: Visitor, people: People) -> None:
    page = visitor.page
    visitor.sign_in(people.new())
    page.goto("/editor")
    field = page.locator('input[placeholder="Enter tags"]')
    for typed in ("one", "one", "two, three", " ", ""):
        field.fill(typed)
        field.press("Enter")
    assert pills(page) == ["one", "two", "three"]
    expect(field).to_have_value("")
    expect(page).to_have_url(visitor.at("/editor"))


@pytest.mark.full
def test_tags_without_a_mouse(visitor: Visitor, people: People) -> None:
    page = visitor.page
    visitor.sign_in(people.new())
    page.goto("/editor")
    field = page.locator('input[placeholder="Enter tags"]')
    for tag in ("one", "two"):
        field.fill(tag)
        field.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    assert pills(page) == ["two"]
    expect(field).to_be_focused()


def test_a_refused_article_comes_back(visitor: Visitor, people: People) -> None:
    page = visitor.page
    visitor.sign_in(people.new())
    page.goto("/editor")
    page.fill("textarea[name=body]", "Kept")
    page.fill('input[placeholder="Enter tags"]', "kept")
    page.press('input[placeholder="Enter tags"]', "Enter")
    visitor.button("Publish Article").click()
    expect(page.locator(".error-messages li")).to_have_text(["Title can't be blank", "Description can't be blank"])
    expect(page.locator("textarea[name=body]")).to_have_value("Kept")
    assert pills(page) == ["kept"]


@pytest.mark.full
def test_the_editor_without_a_script(visitor: Visitor, people: People, site: str) -> None:
    context = visitor.page.context.browser
    assert context
    plain = context.new_context(base_url=site, java_script_enabled=False)
    other = Visitor(plain.new_page(), [], site)
    author = people.new()
    other.sign_in(author)
    page = other.page
    page.goto("/editor")
    page.fill("input[name=title]", unique("Title"))
    page.fill("input[name=description]", "About")
    page.fill("textarea[name=body]", "Text")
    page.fill('input[placeholder="Enter tags"]', "one, two")
    other.button("Publish Article").click()
    expect(page.locator(".tag-list .tag-default")).to_have_text(["one", "two"])
    page.locator("a", has_text="Edit Article").click()
    page.locator(".tag-pill", has_text="one").click()
    other.button("Publish Article").click()
    expect(page.locator(".tag-list .tag-default")).to_have_text(["two"])
    plain.close()


@pytest.mark.full
def test_an_article_belongs_to_its_author(visitor: Visitor, people: People) -> None:
    page, author, reader = visitor.page, people.new(), people.new()
    slug = author.publish(body="Text")["slug"]
    visitor.sign_in(reader)
    page.goto(f"/article/{slug}")
    expect(page.locator("a", has_text="Edit Article")).to_have_count(0)
    expect(visitor.button("Delete Article")).to_have_count(0)
    visitor.button(f"Follow {author.username}").first.click()
    expect(visitor.button(f"Unfollow {author.username}").first).to_be_visible()
    expect(page).to_have_url(visitor.at(f"/article/{slug}"))


def test_deleting(visitor: Visitor, people: People) -> None:
    page, author = visitor.page, people.new()
    slug = author.publish()["slug"]
    visitor.sign_in(author)
    page.goto(f"/article/{slug}")
    visitor.button("Delete Article").first.click()
    expect(page).to_have_url(visitor.at("/"))
    response = page.goto(f"/article/{slug}")
    assert response
    assert response.status == 404
    expect(page.locator("nav.navbar")).to_be_visible()


def test_favoriting_on_the_article(visitor: Visitor, people: People) -> None:
    page, author = visitor.page, people.new()
    slug = author.publish()["slug"]
    visitor.sign_in(author)
    page.goto(f"/article/{slug}")
    page.locator("button.btn-outline-primary", has_text="Favorite").first.click()
    expect(page.locator("button.btn-primary", has_text="Unfavorite").first).to_be_visible()
    page.locator("button.btn-primary", has_text="Unfavorite").first.click()
    expect(page.locator("button.btn-outline-primary", has_text="Favorite").first).to_be_visible()
    expect(page).to_have_url(visitor.at(f"/article/{slug}"))


def test_comments(visitor: Visitor, people: People) -> None:
    page, author, reader = visitor.page, people.new(), people.new()
    slug = author.publish()["slug"]
    author.comment(slug, "By the author")
    page.goto(f"/article/{slug}")
    expect(page.locator(".comment-form")).to_have_count(0)
    visitor.sign_in(reader)
    page.goto(f"/article/{slug}")
    expect(page.locator(".comment-form .comment-author-img")).to_have_count(1)
    there = page.locator(".card:not(.comment-form) .card-block")
    expect(there).to_have_count(1)
    expect(page.locator("i.ion-trash-a")).to_have_count(0)
    page.fill('.comment-form textarea[placeholder="Write a comment..."]', "word " * 300)
    visitor.button("Post Comment").click()
    expect(there).to_have_count(2)
    expect(page.locator("textarea")).to_have_value("")
    expect(page.locator(".card .card-block p", has_text="word")).to_have_count(1)
    expect(page.locator(".card:not(.comment-form) .comment-author-img")).to_have_count(2)
    trash = page.locator("span.mod-options i.ion-trash-a")
    expect(trash).to_have_count(1)
    trash.click()
    expect(there).to_have_count(1)
    expect(there).to_have_text("By the author")
    visitor.button("Post Comment").click()
    expect(page.locator(".error-messages")).to_contain_text("can't be blank")


@pytest.mark.full
def test_pictures_are_served(visitor: Visitor, people: People) -> None:
    page, author = visitor.page, people.new()
    slug = author.publish()["slug"]
    visitor.sign_in(author)
    author.comment(slug)
    for path, selector in (
        ("/", ".article-meta img"),
        ("/", "nav .user-pic"),
        (f"/article/{slug}", ".article-meta img"),
        (f"/article/{slug}", ".comment-author-img"),
        (f"/profile/{author.username}", ".user-img"),
    ):
        page.goto(path)
        image = page.locator(selector).first
        expect(image).to_have_attribute("src", re.compile(r"default-avatar\.svg$"))
        assert image.evaluate("image => image.complete && image.naturalWidth") > 0
        expect(image).to_be_visible()

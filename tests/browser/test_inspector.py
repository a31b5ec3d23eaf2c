"""The inspector in a real browser: a planted N+1 is marked, with the keyboard, on a phone and in the dark."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask
from playwright.sync_api import Browser, Page, expect

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from tests.browser.server import served_with_workbench

ARTICLES = 5


def publish_articles(app: Flask) -> None:
    author = People(Client(in_process(app))).new()
    for number in range(ARTICLES):
        author.publish(tagList=[f"tag{number}"])


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server with an N+1 in its ORM."""
    folder = tmp_path_factory.mktemp("instance")
    with served_with_workbench(folder, publish_articles, STACK_ORM="tests.workbench.planted") as url:
        yield url


@pytest.fixture(params=["light", "dark"])
def scheme(request: pytest.FixtureRequest) -> Literal["light", "dark"]:
    chosen: Literal["light", "dark"] = request.param
    return chosen


@pytest.fixture(params=[1280, 390], ids=["desktop", "phone"])
def page(
    chromium: Browser, blog: str, scheme: Literal["light", "dark"], request: pytest.FixtureRequest
) -> Iterator[Page]:
    """The list of requests, after some were recorded."""
    size = {"width": request.param, "height": 800}
    context = chromium.new_context(base_url=blog, color_scheme=scheme, viewport=size)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto("/workbench")
    page.goto("/")
    page.goto("/nothing")
    page.goto("/workbench/requests")
    yield page
    context.close()


def find_grave(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds that is serious."""
    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def assert_fits(page: Page) -> None:
    """Nothing is wider than the window, as soon as the style sheets are there."""
    page.wait_for_load_state()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("page", [1280], ids=["desktop"], indirect=True)
@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_an_n_plus_one_is_marked_and_its_plan_is_shown(page: Page) -> None:
    page.get_by_role("link", name="GET /", exact=True).click()
    section = page.get_by_role("region", name="SELECT tags").first
    expect(section).to_contain_text(f"N+1: this statement ran {ARTICLES} times, once for each of {ARTICLES} different")
    expect(page.get_by_role("row").filter(has_text=f"SELECT tags, {ARTICLES} times")).to_have_count(1)
    section.get_by_role("button", name="Ask the database for its plan").click()
    expect(page.get_by_role("region", name="SELECT tags").first).to_contain_text("SEARCH")
    assert_fits(page)


@pytest.mark.full
def test_axe_finds_nothing_serious_and_everything_fits(page: Page) -> None:
    assert find_grave(page) == []
    assert_fits(page)
    page.get_by_role("button", name="Record functions too").click()
    page.goto("/")
    page.goto("/workbench/requests")
    page.get_by_role("link", name="GET /", exact=True).first.click()
    expect(page.get_by_text("The functions that led to it").first).to_be_visible()
    assert find_grave(page) == []
    assert_fits(page)
    page.goto("/workbench/requests/000000000000")
    assert find_grave(page) == []


@pytest.mark.parametrize("page", [1280], ids=["desktop"], indirect=True)
@pytest.mark.parametrize("scheme", ["light"], indirect=True)
def test_with_the_keyboard(page: Page) -> None:
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to content")).to_be_focused()
    link = page.get_by_role("link", name="GET /", exact=True)
    for _ in range(20):
        if link.evaluate("element => element === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="GET /")).to_be_visible()
    for _ in range(20):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.tagName") == "PRE":
            return
    pytest.fail("The keyboard does not reach the first statement")

"""The board and the bar in a real browser: swap a part, read what does not fit, hide the bar."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.server import fill_with_demo, served_with_workbench
from tests.conftest import by_lane

PATIENCE = 20_000

CONFLICT = "/workbench?validation=pydantic&docs=flask_smorest"

PAGES = [
    "/workbench", "/workbench?orm=peewee&validation=pydantic", CONFLICT, "/workbench?ormm=peewee", "/workbench/nothing",
    "/", "/login", "/article/after-the-response", "/nothing", "/stack", "/tutorial/",
]  # fmt: skip
"""Pages of the workbench, and pages with the bar."""

SHIFTS = """() => new Promise(resolve => {
    let sum = 0;
    new PerformanceObserver(list => list.getEntries().forEach(entry => { sum += entry.value; }))
        .observe({type: "layout-shift", buffered: true});
    setTimeout(() => resolve(sum), 300);
})"""
"""Adds up how far a page moved. Source: https://web.dev/articles/cls"""


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server with demo data and the workbench."""
    with served_with_workbench(tmp_path_factory.mktemp("instance"), fill_with_demo) as url:
        yield url


@pytest.fixture(params=by_lane([True, False], True), ids=["", "without_javascript"])
def context(chromium: Browser, blog: str, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    context = chromium.new_context(base_url=blog, java_script_enabled=request.param)
    context.set_default_timeout(PATIENCE)
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


with_javascript = pytest.mark.parametrize("context", [True], ids=[""], indirect=True)


def read_titles(page: Page) -> list[str]:
    page.goto("/")
    return page.locator(".article-preview h1").all_inner_texts()


def test_swap_the_orm_and_see_the_bar_change_while_the_articles_stay(page: Page) -> None:
    page.goto("/workbench")
    titles = read_titles(page)
    assert len(titles) == 10
    bar = page.get_by_role("complementary", name="Workbench")
    expect(bar).to_contain_text("Stack classic")
    bar.get_by_role("link", name="Stack classic").click()
    page.locator("#orm").get_by_role("link", name="orm = peewee").first.click()
    expect(page.locator("#draft")).to_have_text("Your draft, not in use yet")
    page.get_by_role("button", name="Use in this browser", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("This browser now uses the stack classic, with orm = peewee.")
    page.get_by_role("link", name="Back to the page you came from").click()
    expect(bar).to_contain_text("Stack classic, orm = peewee")
    expect(bar).to_contain_text("SQL statements in")
    assert read_titles(page) == titles


def test_a_conflict_is_explained_and_solved(page: Page) -> None:
    page.goto("/workbench")
    page.locator("#validation").get_by_role("link", name="validation = pydantic").first.click()
    expect(page.locator(".draft")).to_contain_text("because validation = pydantic")
    page.locator("#docs").get_by_role("link", name="docs = flask_smorest").first.click()
    problems = page.locator(".problems")
    expect(problems).to_contain_text("STACK_DOCS = 'flask_smorest' (from the workbench) does not fit STACK_VALIDATION")
    expect(page.get_by_role("button", name="Use in this browser", exact=True)).to_have_count(0)
    problems.get_by_role("link", name="docs = spectree").click()
    expect(problems).to_have_count(0)
    page.get_by_role("button", name="Use in this browser", exact=True).click()
    expect(page.get_by_role("status")).to_contain_text("validation = pydantic, docs = spectree")


@pytest.mark.full
def test_hide_the_bar(page: Page) -> None:
    bar = page.get_by_role("complementary", name="Workbench")
    page.goto("/workbench")
    for path in ("/login", "/docs/"):
        page.goto(path)
        bar.get_by_role("button", name="Hide").click()
        expect(bar).to_have_count(0)
        assert page.url.endswith(path)
        page.goto("/workbench")
        page.goto(path)
        expect(bar).to_have_count(1)


@with_javascript
@pytest.mark.full
def test_everything_can_be_done_with_the_keyboard(page: Page) -> None:
    def reach(text: str) -> None:
        for _ in range(200):
            page.keyboard.press("Tab")
            if page.evaluate("document.activeElement.textContent").strip() == text:
                return
        raise AssertionError(f"{text} is not reached")

    page.goto("/workbench")
    reach("orm = peewee")
    page.keyboard.press("Enter")
    page.wait_for_url("**/workbench?orm=peewee#draft")
    reach("Use in this browser")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("orm = peewee")
    page.goto("/")
    reach("Hide")
    page.keyboard.press("Enter")
    expect(page.get_by_role("complementary", name="Workbench")).to_have_count(0)


@pytest.mark.full
@with_javascript
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_pages_are_readable(page: Page, scheme: Literal["light", "dark"], width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/workbench")
    found = []
    for path in PAGES:
        page.goto(path)
        page.wait_for_load_state()
        violations = Axe().run(page).response["violations"]
        found += [
            (path, each["id"], [node["html"][:120] for node in each["nodes"]])
            for each in violations
            if each["impact"] in ("serious", "critical")
        ]
        wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [(path, f"{wide} pixels wider than the screen", [])] if wide > 0 else []
    assert found == []


@with_javascript
@pytest.mark.full
@pytest.mark.parametrize("width", [1280, 390])
def test_the_bar_moves_nothing(page: Page, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto("/workbench")
    for path in ("/", "/login", "/article/after-the-response"):
        page.goto(path)
        expect(page.locator(".workbench-bar")).to_be_attached()
        assert page.evaluate(SHIFTS) < 0.001


@pytest.mark.full
def test_the_bar_is_not_printed(page: Page) -> None:
    page.goto("/workbench")
    page.goto("/")
    bar = page.locator(".workbench-bar")
    expect(bar).to_be_visible()
    page.emulate_media(media="print")
    expect(bar).to_be_hidden()

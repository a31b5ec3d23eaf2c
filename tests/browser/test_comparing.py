"""Two stacks side by side in a real browser: on a phone, in the dark, with the keyboard, and without a script."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from tests.browser.server import fill_with_demo, served_with_workbench
from tests.conftest import by_lane

PATIENCE = 20_000
"""Milliseconds; the first comparison builds two apps."""

QUERIES = [
    "",
    "left=bare&right=light&path=/",
    "left=bare&right=typed&path=/docs/openapi.json",
    "left=bare&right=light&operation=publish_article",
    "left=bare&right=nothing&path=/",
]


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server with demo data and the workbench."""
    with served_with_workbench(tmp_path_factory.mktemp("instance"), fill_with_demo) as url:
        yield url


@pytest.fixture(params=by_lane([("light", 1280), ("dark", 390)], ("light", 1280)), ids=["desktop", "phone"])
def page(chromium: Browser, blog: str, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of a browser that runs no script of a page, because none is needed."""
    scheme: Literal["light", "dark"]
    scheme, width = request.param
    context = chromium.new_context(
        base_url=blog, color_scheme=scheme, viewport={"width": width, "height": 800}, java_script_enabled=False
    )
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def find_grave(page: Page) -> list[tuple[str, list[str]]]:
    """Return what axe finds that is serious."""
    found = Axe().run(page).response["violations"]
    return [
        (rule["id"], [node["html"][:120] for node in rule["nodes"]])
        for rule in found
        if rule["impact"] in ("serious", "critical")
    ]


def test_choose_two_stacks_and_a_request(page: Page) -> None:
    page.goto("/workbench/compare")
    page.get_by_label("Left stack").select_option("bare")
    page.get_by_label("Right stack").select_option("orm=peewee")
    page.get_by_label("A page, or a path of the API").fill("/api/articles?limit=5")
    page.get_by_role("button", name="Compare", exact=True).click()
    expect(page.get_by_role("heading", name="GET /api/articles?limit=5")).to_be_visible()
    answers = page.get_by_role("region", name="The answers")
    expect(answers).to_contain_text("Both bodies")
    sql = page.get_by_role("region", name="The SQL")
    expect(sql.get_by_role("heading", name="SELECT article_tags")).to_be_visible()
    left, right = (sql.locator(".sides").first.locator("> div").nth(side).bounding_box() for side in (0, 1))
    assert left
    assert right
    is_wide = (page.viewport_size or {})["width"] > 1_000
    assert (left["y"] == right["y"]) == is_wide
    assert (left["x"] == right["x"]) != is_wide
    page.get_by_role("link", name="PeeweeStore.articles").first.click()
    expect(page).to_have_url("/tutorial/code/adapters.orm.peewee.store/#PeeweeStore.articles")


@pytest.mark.full
def test_send_other_json(page: Page) -> None:
    page.goto("/workbench/compare?left=bare&right=typed&operation=add_comment")
    page.get_by_text("Send other JSON").click()
    page.get_by_label("The JSON of the request").fill('{"comment": {"body": ""}}')
    page.get_by_role("button", name="Compare with this").click()
    expect(page.get_by_role("region", name="In short")).to_contain_text("422 UNPROCESSABLE")


@pytest.mark.full
def test_with_the_keyboard(page: Page) -> None:
    page.goto("/workbench/compare?path=/api/tags")
    page.get_by_label("Left stack").focus()
    page.keyboard.type("bare")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="GET /api/tags")).to_be_visible()


@pytest.mark.full
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
@pytest.mark.parametrize("query", QUERIES)
def test_axe_finds_nothing_serious_and_everything_fits(
    chromium: Browser, blog: str, scheme: Literal["light", "dark"], width: int, query: str
) -> None:
    context = chromium.new_context(base_url=blog, color_scheme=scheme, viewport={"width": width, "height": 800})
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    page.goto(f"/workbench/compare?{query}")
    page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true; })")
    assert find_grave(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    context.close()

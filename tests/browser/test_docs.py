"""The documentation of the API, by each option of ``docs_ui``, behind a path prefix."""

import pytest
from playwright.sync_api import Browser, expect

from assembly_required.contract.client import Client, over_http
from assembly_required.contract.people import People
from tests.browser.server import served
from tests.browser.visitor import Visitor


@pytest.mark.parametrize("option", ["swagger", "redoc"])
def test_it_shows_the_operations(chromium: Browser, tmp_path_factory: pytest.TempPathFactory, option: str) -> None:
    """Nothing that the page needs is refused by its Content-Security-Policy."""
    with served(tmp_path_factory.mktemp("instance"), "/blog", STACK_DOCS_UI=option) as url:
        context = chromium.new_context()
        refused: list[str] = []
        context.on("console", lambda message: refused.append(message.text) if message.type == "error" else None)
        visitor, page = Visitor(context.new_page(), refused, url), context.pages[0]
        page.goto("/docs/")
        expect(page.locator("body")).to_contain_text("Tags in use")
        if option == "swagger":
            People(Client(over_http(url))).new().publish(tagList=["tried-out"])
            operation = page.locator(".opblock", has=page.locator('[data-path="/api/tags"]'))
            operation.locator(".opblock-summary-control").click()
            operation.get_by_role("button", name="Try it out").click()
            operation.get_by_role("button", name="Execute").click()
            expect(operation.locator(".request-url")).to_contain_text(visitor.at("/api/tags"))
            expect(operation.locator(".live-responses-table")).to_contain_text("tried-out")
        # Redoc loads the logo of its makers from their server, and the policy refuses that.
        assert [text for text in refused if "cdn.redoc.ly" not in text and "'script-src' was not" not in text] == []
        context.close()

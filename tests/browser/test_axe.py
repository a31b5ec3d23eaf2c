"""What axe-core finds on every page, light and dark. Source: https://github.com/dequelabs/axe-core"""

from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from assembly_required.contract.client import Client, over_http
from assembly_required.contract.people import People
from tests.browser.conftest import PEERS_WITH_A_SITE, ServeNew
from tests.browser.visitor import Visitor

GRAVE = ("serious", "critical")


def grave(page: Page) -> list[Any]:
    page.wait_for_load_state()  # the style sheet too: without it, colours are others
    found = Axe().run(page).response["violations"]
    return [
        (page.url, rule["id"], [node["html"][:120] for node in rule["nodes"]])
        for rule in found
        if rule["impact"] in GRAVE
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_nothing_grave(visitor: Visitor, people: People, scheme: Literal["light", "dark"], width: int) -> None:
    page, author, reader = visitor.page, people.new(), people.new()
    body = "# One\n\nA [link](/) and `code`.\n\n> quoted\n\n```\nblock\n```\n\n1. one\n"
    slugs = [author.publish(tagList=["one", "two"], body=body)["slug"] for _ in range(11)]
    reader.post(f"/articles/{slugs[-1]}/favorite")
    author.comment(slugs[-1])
    reader.comment(slugs[-1])
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    everybody = ["/", "/?page=2", "/tag/one", f"/article/{slugs[-1]}", f"/profile/{author.username}", "/nothing"]
    for path in [*everybody, "/login", "/register", "/password/reset", "/password/reset/sent"]:
        page.goto(path)
        found += grave(page)
    for path in ("/login", "/register"):
        page.goto(path)
        page.click("button[type=submit]")
        page.locator(".error-messages").wait_for()
        found += grave(page)
    visitor.sign_in(reader)
    for path in [*everybody, "/?feed=following", "/editor", "/settings", f"/profile/{reader.username}/favorites"]:
        page.goto(path)
        found += grave(page)
    page.goto("/editor")
    page.fill('input[placeholder="Enter tags"]', "one")
    page.press('input[placeholder="Enter tags"]', "Enter")
    page.click("button:has-text('Publish Article')")
    page.locator(".error-messages").wait_for()
    found += grave(page)
    visitor.write("Published", tags=["one"])
    found += grave(page)
    assert found == []


@pytest.mark.parametrize("stack", ["classic", *PEERS_WITH_A_SITE], indirect=True)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_grave_on_what_is_reached_by_mail(
    chromium: Browser, serve_new: ServeNew, scheme: Literal["light", "dark"]
) -> None:
    with serve_new(debug=True) as url:
        context = chromium.new_context(base_url=url, color_scheme=scheme)
        visitor, page, found = Visitor(context.new_page(), [], url), context.pages[0], []
        slug = People(Client(over_http(url))).new().publish()["slug"]
        visitor.register("ana")
        page.goto("/password/reset")
        page.fill("input[name=email]", "ana@test.com")
        page.click("main button[type=submit]")
        visitor.read_mail(2)
        found += grave(page)
        links = [link.get_attribute("href") or "" for link in page.locator(".letter a").all()]
        for path in (*links, "/email/confirm/x", f"/editor/{slug}", "/settings"):
            page.goto(path)
            found += grave(page)
        assert found == []
        context.close()

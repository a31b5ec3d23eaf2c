"""The tutorial as files, opened from disk by a browser without a network."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assembly_required.reader.static_site import build_site

pytestmark = pytest.mark.full

PAGES = [
    "index.html", "first_hour/index.html", "orm/index.html", "validation/index.html", "code/conduit.users/index.html",
    "example/login/django/index.html", "login/flask_login-and-plain/index.html",
    "hashing/plain-and-argon2/diff/index.html", "search/index.html?q=csrf", "from_django/index.html",
    "side_by_side/index.html", "file/tests/site/test_sessions.py/index.html",
]  # fmt: skip


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tutorial")
    with ThreadPoolExecutor() as elsewhere:  # Playwright has an event loop in this thread
        elsewhere.submit(lambda: list(build_site(path))).result()
    return path


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """A page that notes what it cannot load and what its script stumbles over."""
    context = chromium.new_context(offline=True)
    page, failed = context.new_page(), []
    page.on("requestfailed", lambda request: failed.append((request.url, request.resource_type)))
    page.on("pageerror", lambda error: failed.append((str(error), "script")))
    yield page
    context.close()
    assert [each for each in failed if each[1] != "xhr"] == []  # axe-core tries to read style sheets with one


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390), ("light", 390), ("dark", 1280)])
def test_pages_are_readable(page: Page, folder: Path, scheme: Literal["light", "dark"], width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 800})
    found = []
    for name in PAGES:
        page.goto(f"{folder.as_uri()}/{name}")
        violations = Axe().run(page).response["violations"]
        found += [(name, each["id"]) for each in violations if each["impact"] in ("serious", "critical")]
        wide: int = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        found += [(name, f"{wide} pixels wider than the screen")] if wide > 0 else []
        found += [(name, "does not begin at its top")] if page.evaluate("scrollY") else []
    assert found == []


def test_the_search_finds_definitions_while_somebody_types(page: Page, folder: Path) -> None:
    page.goto(f"{folder.as_uri()}/index.html")
    page.fill("#bar-query", "select_related")
    page.press("#bar-query", "Enter")
    row = f"{folder.as_uri()}/from_django/index.html#select_related-and-prefetch_related"
    expect(page.locator("#found a").first).to_have_attribute("href", row)
    page.fill("#query", "create_app")
    expect(page.locator("#found a").first).to_have_text("create_app")
    page.locator("#found a").first.click()
    expect(page.locator("h1")).to_have_text("factory")
    expect(page.locator("#create_app pre")).to_contain_text("build_app(read_settings(config, root))")


def test_pages_lead_to_the_next_one(page: Page, folder: Path) -> None:
    page.goto(f"{folder.as_uri()}/orm/index.html")
    page.click("a[rel=next]")
    expect(page.locator("h1")).to_contain_text("migrations")
    expect(page.locator(".toc [aria-current]")).to_have_text("migrations")
    page.click("a[rel=prev]")
    page.get_by_role("link", name="flask_sqlalchemy and plain", exact=True).click()
    expect(page.locator("h1")).to_have_text("adapter flask_sqlalchemy and adapter plain")


def test_code_can_be_copied(page: Page, folder: Path) -> None:
    page.goto(f"{folder.as_uri()}/code/stack.keys/index.html")
    page.evaluate("navigator.clipboard.writeText = async (text) => { window.copied = text; }")
    page.click("#Key .copy")
    expect(page.locator("#Key .copy")).to_have_text("Copied")
    assert page.evaluate("window.copied").startswith("class Key(NamedTuple):\n")

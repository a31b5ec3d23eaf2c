"""The report of the kept results in a real browser: readable on a phone, in the dark and with a screen reader."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from assembly_required.lab.health import read_table
from assembly_required.lab.inventory import take_inventory
from assembly_required.lab.measured import read_measured
from assembly_required.lab.report import render


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The URL of the report."""
    file: Path = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(render({**take_inventory(), **read_measured()}, read_table()), encoding="utf-8")
    return file.as_uri()


@pytest.fixture
def page(chromium: Browser, report: str) -> Iterator[Page]:
    """The report, opened. axe is a script, which the report itself forbids."""
    context = chromium.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(report)
    yield page
    context.close()


@pytest.mark.full
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_it_fits_and_axe_finds_nothing(page: Page, scheme: Literal["light", "dark"], width: int) -> None:
    page.emulate_media(color_scheme=scheme)
    page.set_viewport_size({"width": width, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.evaluate("document.querySelectorAll('details').forEach(each => each.open = true)")
    found = Axe().run(page).response["violations"]
    assert [(rule["id"], [node["html"][:120] for node in rule["nodes"][:3]]) for rule in found] == []


def test_the_numbers_of_a_chart_are_reached_by_keyboard(page: Page) -> None:
    table = page.locator("figure table").first
    assert not table.is_visible()
    page.locator("figure summary").first.focus()
    page.keyboard.press("Enter")
    assert table.is_visible()


def test_it_asks_for_no_other_file(chromium: Browser, report: str) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(report, wait_until="networkidle")
    page.close()
    assert asked == [report]

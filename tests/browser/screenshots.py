"""Pictures of every page, phone and desktop, light and dark: ``python -m tests.browser.screenshots FOLDER``."""

import sys
import tempfile
import time
from pathlib import Path
from typing import Literal

from playwright.sync_api import Browser, sync_playwright

from assembly_required.contract.client import Client, over_http
from assembly_required.contract.people import People, Person
from assembly_required.workbench.mounting import mount
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.conftest import executable

SIZES = {"phone": (390, 844), "desktop": (1280, 900)}
BODY = """A paragraph with *emphasis*, `code` and [a link](/).

## A heading

> What somebody said.

1. First
2. Second

```python
def assemble(parts):
    return [part.build() for part in parts]
```
"""


def pages(slug: str, author: Person, reader: Person) -> dict[str, str]:
    return {
        "home": "/", "home-2": "/?page=2", "tag": "/tag/flask", "feed": "/?feed=following",
        "article": f"/article/{slug}", "profile": f"/profile/{author.username}",
        "favorites": f"/profile/{reader.username}/favorites", "editor": "/editor", "settings": "/settings",
        "login": "/login", "register": "/register", "missing": "/nothing", "reset": "/password/reset",
    }  # fmt: skip


def take(browser: Browser, url: str, folder: Path, author: Person, reader: Person, slug: str) -> None:
    for scheme in ("light", "dark"):
        for size, (width, height) in SIZES.items():
            for who in (None, reader):
                chosen: Literal["light", "dark"] = "light" if scheme == "light" else "dark"
                context = browser.new_context(
                    base_url=url, color_scheme=chosen, viewport={"width": width, "height": height}
                )
                visitor = Visitor(context.new_page(), [], url)
                if who:
                    visitor.sign_in(who)
                for name, path in pages(slug, author, reader).items():
                    visitor.page.goto(path)
                    if name in ("login", "register", "editor") and visitor.page.url.endswith(path):
                        visitor.page.click("main button[type=submit]")
                    shot = folder / f"{name}-{'member' if who else 'stranger'}-{size}-{scheme}.png"
                    visitor.page.screenshot(path=shot, full_page=True)
                context.close()


def take_workbench(browser: Browser, url: str, folder: Path) -> None:
    """The first screen of the board, with a draft, and the end of a page with the bar."""
    for scheme in ("light", "dark"):
        for size, (width, height) in SIZES.items():
            chosen: Literal["light", "dark"] = "light" if scheme == "light" else "dark"
            page = browser.new_page(base_url=url, color_scheme=chosen, viewport={"width": width, "height": height})
            page.goto("/workbench")
            page.screenshot(path=folder / f"workbench-{size}-{scheme}.png")
            page.goto("/workbench?orm=plain&validation=plain")
            page.screenshot(path=folder / f"workbench-draft-{size}-{scheme}.png")
            page.goto("/")
            page.locator(".workbench-bar").scroll_into_view_if_needed()
            page.screenshot(path=folder / f"workbench-bar-{size}-{scheme}.png")
            page.close()


def fifteen(browser: Browser, url: str) -> float:
    """Seconds for registering and publishing 15 articles through the form."""
    visitor = Visitor(browser.new_context(base_url=url).new_page(), [], url)
    start = time.perf_counter()
    visitor.register("fifteen")
    for number in range(15):
        visitor.write(f"Article {number}", tags=["fifteen"])
    return time.perf_counter() - start


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    with (
        tempfile.TemporaryDirectory() as instance,
        served(Path(instance), prepare=mount) as url,
        sync_playwright() as playwright,
        playwright.chromium.launch(executable_path=executable()) as browser,
    ):
        print(f"Registering and publishing 15 articles: {fifteen(browser, url):.1f} s")
        people = People(Client(over_http(url)))
        author, reader = people.new("grace"), people.new("ada")
        author.put("/user", {"user": {"bio": "Compiles things."}})
        reader.post(f"/profiles/{author.username}/follow")
        slug = ""
        for number in range(12):
            words = {"title": f"How to assemble a blog, part {number}", "description": "Piece by piece."}
            slug = author.publish(**words, body=BODY, tagList=["flask", "extensions"])["slug"]
        reader.post(f"/articles/{slug}/favorite")
        author.comment(slug, "I should add that this took a while.")
        reader.comment(slug, "Well said.")
        take(browser, url, folder, author, reader, slug)
        take_workbench(browser, url, folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]))

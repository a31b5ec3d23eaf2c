"""The site in a real browser, on stacks in which each option of the site's own slots occurs, and on a peer."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page, Route, expect, sync_playwright

from assembly_required.contract.client import Client, over_http
from assembly_required.contract.people import People
from assembly_required.contract.plugin import PEER
from assembly_required.lab.peers import PEERS, serve
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.conftest import executable

PATIENCE = 20_000
"""Milliseconds; other tests run meanwhile, on as many processors as there are."""

ARGUMENTS = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
"""Without a screen a graphics processor would be simulated; the others keep the browser from calling home."""

STACKS = {"classic": {}, "bare": {}, "django": {"STACK_PERMISSIONS": "casbin"}}

NAMES = ["classic"]
FULL = [
    pytest.param(name, marks=pytest.mark.full)
    for name in ("classic/blog", "bare", "bare/blog", "django", "django/blog")
]
PEERS_WITH_A_SITE = [pytest.param(f"{PEER}django", marks=pytest.mark.full)]

ServeNew = Callable[..., AbstractContextManager[str]]


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable(), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="package", params=[*NAMES, *FULL, *PEERS_WITH_A_SITE])
def stack(request: pytest.FixtureRequest) -> str:
    """The name of a stack and, after it, the path prefix of the site; or the name of a peer."""
    name: str = request.param
    return name


@pytest.fixture(scope="package")
def site(stack: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server; tests share it, and make users of their own."""
    with serve_anew(stack, tmp_path_factory.mktemp("instance")) as url:
        yield url


@pytest.fixture
def serve_new(stack: str, tmp_path_factory: pytest.TempPathFactory) -> ServeNew:
    """A function that serves an empty site of its own meanwhile: ``with serve_new(debug=True) as url``."""
    return partial(serve_anew, stack, tmp_path_factory.mktemp("instance"))


@contextmanager
def serve_anew(stack: str, folder: Path, debug: bool = False) -> Iterator[str]:
    if not stack.startswith(PEER):
        name, slash, prefix = stack.partition("/")
        with served(folder, slash + prefix, STACK=name, DEBUG=debug, **STACKS[name]) as url:
            yield url
        return
    peer = PEERS[stack.removeprefix(PEER)]
    with serve(peer.name, folder, **(peer.developing if debug else {})) as (url, _):
        yield url


@pytest.fixture
def people(site: str) -> People:
    return People(Client(over_http(site)))


@pytest.fixture
def context(chromium: Browser, site: str) -> Iterator[BrowserContext]:
    """A browser that reaches nothing but the site."""
    context = chromium.new_context(base_url=site)
    context.set_default_timeout(PATIENCE)

    def reach(route: Route) -> None:
        if route.request.url.startswith(site):
            route.continue_()
        else:
            route.abort()

    context.route("**/*", reach)
    yield context
    context.close()


@pytest.fixture
def visitor(context: BrowserContext, site: str) -> Iterator[Visitor]:
    """Somebody in front of the browser. No page may open a dialog or stumble over its own script."""
    seen: list[str] = []

    def dismiss(dialog: Dialog) -> None:
        seen.append(dialog.message)
        dialog.dismiss()

    def watch(page: Page) -> None:
        page.on("dialog", dismiss)
        page.on("pageerror", lambda error: seen.append(str(error)))

    context.on("page", watch)
    yield Visitor(context.new_page(), seen, site)
    assert seen == []

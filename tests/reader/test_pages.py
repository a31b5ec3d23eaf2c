"""Every page is there, is small, and links to what exists."""

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from urllib.parse import unquote

import pytest
from flask import Flask
from flask.testing import FlaskClient

from assembly_required.reader.contents import list_parts
from assembly_required.reader.lookup import list_builtins
from assembly_required.reader.places import EXAMPLES, PEERS, list_sides, name_module
from assembly_required.reader.prose import CHAPTERS
from assembly_required.reader.side_by_side import list_cells
from assembly_required.reader.static_site import TAG, DeadLink, build_site, find_links, locate, make_relative
from assembly_required.stack.describe import PACKAGE
from assembly_required.stack.slots import SLOTS

HEAVIEST = 200_000
"""Bytes of a page with its style sheets and its script."""

PAIRS = [(slot, *[side.name for side in list_sides(slot).values()][:2]) for slot in SLOTS]


def crawl(client: FlaskClient) -> Iterator[tuple[str, str]]:
    """Yield all pages that can be reached; of the pairs, one of each slot."""
    waiting, found = ["/tutorial/"], {"/tutorial/"}
    while waiting:
        url = waiting.pop()
        page = client.get(url)
        assert page.status_code == 200, url
        yield url, page.text
        links = {link.partition("#")[0] for link in find_links(page.text)} - found
        found |= links
        waiting += [link for link in links if "-and-" not in link and link.endswith("/")]
    for slot, one, other in PAIRS:
        url = f"/tutorial/{slot}/{one}-and-{other}/"
        yield url, client.get(url).text


@pytest.fixture(scope="module")
def pages(reader: Flask) -> dict[str, str]:
    return dict(crawl(reader.test_client()))


def test_the_page_of_every_module_is_reached(pages: dict[str, str]) -> None:
    modules = {
        name_module(path)
        for path in PACKAGE.rglob("*.py")
        if EXAMPLES not in path.parent.parents and PEERS not in path.parents and path.parent != EXAMPLES
    } - {"", "examples"}  # fmt: skip
    assert {f"/tutorial/code/{name}/" for name in modules} <= {*pages}


def test_every_page_has_its_place_in_the_contents(context: None, pages: dict[str, str]) -> None:
    listed = [page.url for part in list_parts() for page in part.pages]
    assert sorted(listed) == sorted({*listed})
    chapters = {url for url in pages if re.fullmatch(r"/tutorial/(code/)?[\w.]+/", url)}
    assert {*listed} == chapters - {"/tutorial/search/"}


def test_every_example_and_both_kinds_of_pairs_are_reached(pages: dict[str, str]) -> None:
    for path in EXAMPLES.glob("*/*_app*"):
        assert f"/tutorial/example/{path.parent.name}/{path.stem.removesuffix('_app')}/" in pages
    links = {unquote(link) for text in pages.values() for link in find_links(text)}
    for slot in SLOTS:
        sides = list(list_sides(slot))
        missing = [
            (one, other)
            for number, one in enumerate(sides)
            for other in sides[number + 1 :]
            if f"/tutorial/{slot}/{one}-and-{other}/" not in links and sides[0] in (one, other)
        ]
        assert not missing


def test_no_link_is_dead(pages: dict[str, str], client: FlaskClient) -> None:
    ids = {url: {*re.findall(r'\sid="([^"]+)"', text)} for url, text in pages.items()}
    dead = set()
    for url, text in pages.items():
        for link in find_links(text):
            path, _, anchor = unquote(link).partition("#")
            if anchor and path in ids and anchor not in ids[path]:
                dead.add((url, link))
        dead |= {(url, f"#{anchor}") for anchor in re.findall(r'href="#([^"]+)"', text) if anchor not in ids[url]}
    assert dead == set()


def test_every_reference_leads_to_the_section_that_it_names(context: None, pages: dict[str, str]) -> None:
    rows = [row.references for table in ("from_django", "from_fastapi") for row in list_builtins(table)]
    dead = set()
    for reference in chain(*rows, *(cell.references for _, cell in list_cells())):
        page, _, anchor = reference.url.partition("#")
        if page not in pages or (anchor and f' id="{anchor}"' not in pages[page]):
            dead.add(reference.url)
    assert dead == set()


def test_pages_are_small(pages: dict[str, str], client: FlaskClient) -> None:
    with_it = [
        f"/tutorial/{each}" for each in ("site.css", "static/code.css", "static/tutorial.css", "static/tutorial.js")
    ]
    more = sum(len(client.get(url).data) for url in with_it)
    heavy = {url: len(text.encode()) for url, text in pages.items() if len(text.encode()) + more > HEAVIEST}
    assert heavy == {}
    assert len(client.get("/tutorial/index.js").data) < HEAVIEST  # only the page that searches loads it


def test_a_page_names_nothing_on_the_network(pages: dict[str, str]) -> None:
    loaded = [
        (url, address)
        for url, text in pages.items()
        for address in re.findall(r'<(?:script|img|link|iframe)[^>]+(?:src|href)="([^"]+)"', text)
        if not address.startswith(("/tutorial/", "data:,"))
    ]
    assert loaded == []


def test_every_chapter_is_in_the_contents_once() -> None:
    listed = [page.name for part in list_parts() for page in part.pages if page.endpoint == "chapter"]
    assert sorted(listed) == sorted([*SLOTS, *(path.stem for path in CHAPTERS.glob("*.md"))])
    assert {path.stem for path in (CHAPTERS / "slots").glob("*.md")} <= {*SLOTS}


@pytest.mark.full
def test_the_whole_tutorial_as_files(tmp_path: Path) -> None:
    urls = list(build_site(tmp_path))
    assert len(urls) == len({*urls})
    for slot in SLOTS:
        sides = list(list_sides(slot))
        pairs = {f"{one}-and-{other}" for number, one in enumerate(sides) for other in sides[number + 1 :]}
        assert pairs == {path.name for path in (tmp_path / slot).iterdir() if path.is_dir()}
    for path in filter(Path.is_file, tmp_path.rglob("*.html")):  # the page about a template is a folder named like it
        text = path.read_text()
        assert len(text.encode()) < HEAVIEST, path
        assert not find_links(text), path
        tags = " ".join(TAG.findall(text))
        for target in re.findall(r'\s(?:href|src|action|data-index)="([^"#:]+)["#]', tags):
            assert (path.parent / unquote(target)).is_file(), (path, target)


def test_a_dead_link_stops_the_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.reader.static_site.START", "/tutorial/nothing/")
    with pytest.raises(DeadLink, match="answers 404"):
        list(build_site(tmp_path))


def test_links_are_relative_to_the_page() -> None:
    page = '<a href="/tutorial/code/factory/#create_app">, <a href="/tutorial/">, "/tutorial/orm/"'
    assert make_relative(page, "/tutorial/orm/plain-and-django/") == (
        '<a href="../../code/factory/index.html#create_app">, <a href="../../index.html">, "/tutorial/orm/"'
    )
    assert make_relative('["/tutorial/orm/"]', "/tutorial/index.js") == '["orm/index.html"]'
    assert locate("/tutorial/") == "index.html"

"""Write the tutorial as files that a browser opens from disk, without a server.

Frozen-Flask does this for links that templates make with ``url_for``. Here Python makes most links, from Markdown and
from code, so this module follows the links of the finished pages, and makes them relative.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from posixpath import relpath
from urllib.parse import unquote, urlsplit

from flask import Flask

from .tutorial import create_blueprint

START = "/tutorial/"

TAG = re.compile(r"<[a-z][^<>]*>")
LINK = re.compile(rf'(?<=\s)(href|src|action|data-index)="({START}[^"]*)"')
ENTRY = re.compile(rf'"({START}[^"]*)"')


class DeadLink(Exception):
    """A page links to one that does not exist."""


def build_site(folder: Path, source: str = "") -> Iterator[str]:
    """Write all pages that can be reached from the contents into a folder. Yields the URL of each.

    :param source: the value of ``TUTORIAL_SOURCE``.
    :raises DeadLink: a page that is linked does not exist.
    """
    app = Flask(__name__, static_folder=None)
    app.config["TUTORIAL_SOURCE"] = source
    app.register_blueprint(create_blueprint())
    client = app.test_client()
    found, waiting = {START: START}, [START]
    while waiting:
        url = waiting.pop()
        response = client.get(url)
        if response.status_code != 200:
            raise DeadLink(f"{found[url]} links to {url}, which answers {response.status_code}.")
        path = folder / locate(url)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(make_relative(response.text, url), encoding="utf-8")
        if response.mimetype == "text/html":
            links = {urlsplit(link).path for link in find_links(response.text)} - {*found}
            found |= dict.fromkeys(links, url)
            waiting += sorted(links)
        yield url


def find_links(page: str) -> list[str]:
    """Find the links of a page to others of the tutorial. Quoted code may look like one, but has no tags.

    >>> find_links('<a href="/tutorial/orm/">orm</a> &lt;a href="/tutorial/"&gt;')
    ['/tutorial/orm/']
    """
    return [link for tag in TAG.findall(page) for _, link in LINK.findall(tag)]


def locate(url: str) -> str:
    """Return the path of the file for a URL.

    >>> locate("/tutorial/orm/"), locate("/tutorial/site.css")
    ('orm/index.html', 'site.css')
    """
    path = unquote(url.removeprefix(START))
    return f"{path}index.html" if path.endswith("/") or not path else path


def make_relative(text: str, url: str) -> str:
    """Make the links of a page relative to it, and those of the index relative to the index."""
    start = locate(url).rpartition("/")[0] or "."

    def point(link: str) -> str:
        path, mark, anchor = link.partition("#")
        return relpath(locate(path), start) + mark + anchor

    if url.endswith("/"):
        return TAG.sub(lambda tag: LINK.sub(lambda found: f'{found[1]}="{point(found[2])}"', tag[0]), text)
    return ENTRY.sub(lambda found: f'"{point(found[1])}"', text)

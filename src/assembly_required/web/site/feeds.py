"""Atom and RSS feeds of the newest articles, sitemaps, and robots.txt.

The XML comes from Jinja templates: feedgen would need lxml, a package ten times as large as this application.
"""

import re
from collections.abc import Sequence
from datetime import datetime
from urllib.parse import urlsplit

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Store
from ...conduit.model import Article
from ...conduit.profiles import the_profile
from .links import absolute, is_address_known

LENGTH = 20
SITEMAP_LENGTH = 1_000
"""Articles in one sitemap; the protocol allows 50,000."""
LAST_SITEMAP = 50_000
"""The largest number of sitemaps that an index may list. Source: https://www.sitemaps.org/protocol.html"""

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 does not allow. Source: https://www.w3.org/TR/xml/#charsets"""

FORMATS = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


def add_pages(blueprint: Blueprint, store: Store) -> None:
    """Add the feeds, the sitemaps and robots.txt to the site."""

    def read_newest(author: str | None = None, limit: int = LENGTH, offset: int = 0) -> tuple[list[Article], int]:
        return store.articles(None, None, author, None, limit, offset)

    @blueprint.get("/feed.<any(atom, rss):format>")
    def feed(format: str) -> ResponseReturnValue:
        return render_feed(format, "Conduit", url_for("site.home"), read_newest()[0])

    @blueprint.get("/profile/<username>/feed.<any(atom, rss):format>")
    def author_feed(username: str, format: str) -> ResponseReturnValue:
        author = the_profile(store, None, username).username
        path = url_for("site.profile", username=author)
        return render_feed(format, f"Conduit: {author}", path, read_newest(author)[0])

    @blueprint.get("/sitemap.xml")
    def sitemap_index() -> ResponseReturnValue:
        pages = range(1, max(1, -(-read_newest(limit=1)[1] // SITEMAP_LENGTH)) + 1)
        return render_document("sitemap_index.xml", "application/xml", pages=pages)

    # Not an int: Werkzeug's converter fails on a number of more than 4,300 digits.
    @blueprint.get("/sitemap-<string(maxlength=5):page>.xml")
    def sitemap(page: str) -> ResponseReturnValue:
        number = int(page) if page.isdecimal() else 0
        if not 1 <= number <= LAST_SITEMAP:
            abort(404)
        articles, _ = read_newest(limit=SITEMAP_LENGTH, offset=(number - 1) * SITEMAP_LENGTH)
        if number > 1 and not articles:
            abort(404)
        return render_document("sitemap.xml", "application/xml", page=number, articles=articles)

    @blueprint.get("/robots.txt")
    def robots() -> ResponseReturnValue:
        return render_document("robots.txt", "text/plain", has_sitemap=is_address_known())


def render_feed(format: str, title: str, path: str, articles: Sequence[Article]) -> Response:
    """Render a feed of articles.

    Sources: RFC 4287 (Atom), https://www.rssboard.org/rss-specification
    """
    changed = max((article.updated_at for article in articles), default=datetime(1970, 1, 1))
    words = {
        "title": title,
        "path": path,
        "articles": articles,
        "changed": changed,
        "here": urlsplit(request.url).path,
    }
    return render_document(f"feed.{format}.xml", FORMATS[format], **words)


def render_document(template: str, kind: str, **words: object) -> Response:
    """Render a template as a document of this media type, without the characters that XML does not allow."""
    text = UNPRINTABLE.sub("", render_template(template, absolute=absolute, **words))
    response = make_response(text)
    response.mimetype = kind
    return response

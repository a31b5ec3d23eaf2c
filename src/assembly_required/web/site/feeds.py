"""The newest articles for programs: Atom, RSS, and a sitemap for search engines.

*In Django* ``django.contrib.syndication`` and ``django.contrib.sitemaps``.

*Here* templates that end in ``.xml``, in which Jinja escapes as it does in HTML. feedgen would write the first two; it
brings lxml along, which is ten times as large as this application.

*What it costs*: XML by hand; the tests hold it to the formats.

*Next*: :mod:`assembly_required.web.site.rendering`.
"""

from collections.abc import Sequence
from datetime import datetime

from flask import Blueprint, Response, abort, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from ...conduit.interfaces import Store
from ...conduit.model import Article
from ...conduit.profiles import the_profile
from .links import absolute

LENGTH = 20
SITEMAP_LENGTH = 1_000
"""Addresses in one sitemap; the protocol allows 50,000. Source: https://www.sitemaps.org/protocol.html"""

FORMATS = {"atom": "application/atom+xml", "rss": "application/rss+xml"}


def add_pages(blueprint: Blueprint, store: Store) -> None:
    """Add the documents to the site."""

    def newest(author: str | None = None, limit: int = LENGTH, offset: int = 0) -> tuple[list[Article], int]:
        return store.articles(None, None, author, None, limit, offset)

    @blueprint.get("/feed.<any(atom, rss):format>")
    def feed(format: str) -> ResponseReturnValue:
        return syndicated(format, "Conduit", url_for("site.home"), newest()[0])

    @blueprint.get("/profile/<username>/feed.<any(atom, rss):format>")
    def author_feed(username: str, format: str) -> ResponseReturnValue:
        author = the_profile(store, None, username).username
        path = url_for("site.profile", username=author)
        return syndicated(format, f"Conduit: {author}", path, newest(author)[0])

    @blueprint.get("/sitemap.xml")
    def sitemap_index() -> ResponseReturnValue:
        pages = range(1, max(1, -(-newest(limit=1)[1] // SITEMAP_LENGTH)) + 1)
        return document("sitemap_index.xml", "application/xml", pages=pages)

    @blueprint.get("/sitemap-<int:page>.xml")
    def sitemap(page: int) -> ResponseReturnValue:
        articles, _ = newest(limit=SITEMAP_LENGTH, offset=min(page - 1, 10**12) * SITEMAP_LENGTH)
        if (page > 1 and not articles) or page < 1:
            abort(404)
        return document("sitemap.xml", "application/xml", page=page, articles=articles)

    @blueprint.get("/robots.txt")
    def robots() -> ResponseReturnValue:
        return document("robots.txt", "text/plain")


def syndicated(format: str, title: str, path: str, articles: Sequence[Article]) -> Response:
    """A feed of articles.

    Sources: RFC 4287 (Atom), https://www.rssboard.org/rss-specification
    """
    changed = max((article.updated_at for article in articles), default=datetime(1970, 1, 1))
    words = {"title": title, "path": path, "articles": articles, "changed": changed, "here": request.path}
    return document(f"feed.{format}.xml", FORMATS[format], **words)


def document(template: str, kind: str, **words: object) -> Response:
    response = make_response(render_template(template, absolute=absolute, **words))
    response.mimetype = kind
    return response

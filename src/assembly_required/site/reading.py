"""The pages that everybody sees: home and article.

*In Django* ``ListView`` with ``paginate_by`` and ``DetailView``.

*Here* two functions. The store answers with the same dataclasses as for the API, and the templates read them.

*What it costs*: a page takes a fixed number of statements, however long its lists are.

*Next*: :mod:`assembly_required.site.rendering`.
"""

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from ..conduit.articles import the_article
from ..interfaces import Login, Store

PER_PAGE = 10
NEIGHBOURS = 3
FARTHEST = 10**9


def add_pages(blueprint: Blueprint, store: Store, login: Login) -> None:
    """Add the pages to the site."""

    @blueprint.get("/")
    def home() -> ResponseReturnValue:
        page = page_number(request.args.get("page", ""))
        articles, count = store.articles(login.viewer(), None, None, None, PER_PAGE, (page - 1) * PER_PAGE)
        pages = page_links(page, -(-count // PER_PAGE))
        return render_template("home.html", articles=articles, tags=store.tags(), page=page, pages=pages)

    @blueprint.get("/article/<slug>")
    def article(slug: str) -> ResponseReturnValue:
        viewer = login.viewer()
        article = the_article(store, viewer, slug)
        return render_template("article.html", article=article, comments=store.comments(article, viewer))


def page_number(text: str) -> int:
    """
    >>> page_number("3"), page_number("x"), page_number("-1"), page_number("9" * 99)
    (3, 1, 1, 1)
    """
    number = int(text) if text.isdecimal() and len(text) < len(str(FARTHEST)) else 1
    return max(number, 1)


def page_links(page: int, last: int) -> list[int | None]:
    """The numbers to link to: the first, the last, and those around this page; ``None`` where some are left out.

    >>> page_links(1, 2), page_links(50, 99)
    ([1, 2], [1, None, 47, 48, 49, 50, 51, 52, 53, None, 99])
    """
    near = range(max(1, page - NEIGHBOURS), min(last, page + NEIGHBOURS) + 1)
    shown = sorted({1, *near, last}) if last > 1 else []
    links: list[int | None] = []
    for number, before in zip(shown, [0, *shown], strict=False):
        links += [number] if number == before + 1 else [None, number]
    return links

"""Pages of ten articles and the links between them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from ...conduit.model import Article

PER_PAGE = 10
NEIGHBOURS = 3
FARTHEST = 10**9


@dataclass(frozen=True)
class Paged:
    """One page of a list.

    :param articles: the articles on it.
    :param page: its number, from 1.
    :param pages: the numbers to link to; ``None`` stands for a gap.
    :param address: the URL values of a page besides its number.
    """

    articles: list[Article]
    page: int
    pages: list[int | None]
    address: dict[str, Any]

    @classmethod
    def of(cls, page: int, read: Callable[[int, int], tuple[list[Article], int]], **address: Any) -> Paged:
        """Read a page by limit and offset."""
        articles, count = read(PER_PAGE, (page - 1) * PER_PAGE)
        return cls(articles, page, page_links(page, -(-count // PER_PAGE)), address)

    def link(self, number: int) -> str:
        """Return the URL of another page of the same list."""
        page = {"page": number} if number > 1 else {}
        return url_for(str(request.endpoint), **{**self.address, **page})


def page_number(text: str) -> int:
    """Parse a page number; anything invalid is page 1.

    >>> page_number("3"), page_number("x"), page_number("-1"), page_number("9" * 99)
    (3, 1, 1, 1)
    """
    number = int(text) if text.isdecimal() and len(text) < len(str(FARTHEST)) else 1
    return max(number, 1)


def page_links(page: int, last: int) -> list[int | None]:
    """Return the page numbers to link to: first, last and neighbours; ``None`` stands for a gap.

    >>> page_links(1, 2), page_links(50, 99)
    ([1, 2], [1, None, 47, 48, 49, 50, 51, 52, 53, None, 99])
    """
    near = range(max(1, page - NEIGHBOURS), min(last, page + NEIGHBOURS) + 1)
    shown = sorted({1, *near, last}) if last > 1 else []
    links: list[int | None] = []
    for number, before in zip(shown, [0, *shown], strict=False):
        links += [number] if number == before + 1 else [None, number]
    return links

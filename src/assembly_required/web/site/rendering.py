"""Template filters: Markdown, dates, pictures.

Markdown is rendered by markdown-it-py with raw HTML switched off. Input that is expensive to render is shown as plain
text.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, request, url_for
from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

LINES = 5_000
"""Lines of Markdown that are rendered."""

MARKS = 10_000
"""Characters from ``MARKUP`` that are rendered; the parser takes about 10 µs for each."""

MARKUP = "![*_`<&\\"

NESTING = 20
"""Levels of quotes and lists. markdown-it-py drops the text of deeper levels."""

OUTPUT = 2**20
"""Characters of HTML for one text."""


@cache
def _renderer() -> "MarkdownIt":
    # Imported when first needed: the import takes a tenth of the start-up time.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING})


def add_filters(app: Flask) -> None:
    """Register the filters with an app."""
    app.add_template_filter(markdown)
    app.add_template_filter(avatar)
    app.add_template_filter(day)
    app.add_template_filter(rfc822)


def markdown(text: str) -> Markup:
    """Render Markdown, or show the text as it is if rendering it would cost too much.

    >>> markdown("A *word* <script>")
    Markup('<p>A <em>word</em> &lt;script&gt;</p>\\n')
    """
    html = None if _is_expensive(text) else _render_capped(text)
    return _show_plain(text) if html is None else Markup(html)  # noqa: S704 - the renderer has escaped all HTML


def _is_expensive(text: str) -> bool:
    return text.count("\n") > LINES or sum(map(text.count, MARKUP)) > MARKS


def _render_capped(text: str) -> str | None:
    """HTML, or ``None`` if the text is nested too deeply or its HTML would be too long.

    A link reference repeats its address wherever it is used, so the length is added up before any HTML is made.
    """
    tokens = _renderer().parse(text)
    if any(token.level >= NESTING - 1 for token in tokens) or _measure(tokens) > OUTPUT:
        return None
    html: str = _renderer().renderer.render(tokens, _renderer().options, {})
    return html if len(html) <= OUTPUT else None


def _measure(tokens: "Iterable[Token]") -> int:
    return sum(
        len(token.content) + sum(len(str(value)) for value in token.attrs.values()) + _measure(token.children or ())
        for token in tokens
    )


def _show_plain(text: str) -> Markup:
    return Markup('<p class="plain-text">{}</p>\n').format(text)


def avatar(image: str | None) -> str:
    """The URL of a picture; the default picture if there is none or its URL has another scheme than http or https.

    A path of this site, such as ``/avatars/ada.svg``, is stored without the path prefix of the app.
    """
    if not image or not _is_web_address(image):
        return url_for("site.static", filename="default-avatar.svg")
    return f"{request.script_root}{image}" if image.startswith("/") and not image.startswith("//") else image


def _is_web_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme.lower() in ("http", "https", "")
    except ValueError:
        return False


def day(instant: datetime) -> str:
    """Format a date.

    >>> day(datetime(2026, 2, 3))
    'February 3, 2026'
    """
    return f"{instant:%B} {instant.day}, {instant.year}"


def rfc822(instant: datetime) -> str:
    """Format an instant as RSS needs it.

    >>> rfc822(datetime(2026, 2, 3, 4, 5, 6))
    'Tue, 03 Feb 2026 04:05:06 +0000'
    """
    return format_datetime(instant.replace(tzinfo=UTC))

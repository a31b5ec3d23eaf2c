"""From stored values to what stands on a page.

*In Django* template filters and tags: ``date``, ``linebreaks``, ``{% static %}``.

*Here* Jinja filters. Markdown is rendered by markdown-it-py with raw HTML switched off: what looks like a tag in an
article is shown as text, and links other than http, https and mailto are not made.

*What it costs*: one package; about 1 ms for an ordinary article.

*Next*: :mod:`assembly_required.web.firstrun`.
"""

import re
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from flask import Flask, url_for
from markupsafe import Markup

if TYPE_CHECKING:
    from markdown_it import MarkdownIt


UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""What XML 1.0 has no way to write. Source: https://www.w3.org/TR/xml/#charsets"""


@cache
def _renderer() -> "MarkdownIt":
    # Imported with the first article, not with the app: it would be a tenth of the time to start.
    from markdown_it import MarkdownIt

    return MarkdownIt("commonmark", {"html": False})


def add_filters(app: Flask) -> None:
    """Make the filters known to the templates of an app."""
    app.add_template_filter(markdown)
    app.add_template_filter(avatar)
    app.add_template_filter(day)
    app.add_template_filter(xml)
    app.add_template_filter(rfc822)


def markdown(text: str) -> Markup:
    """
    >>> markdown("A *word* <script>")
    Markup('<p>A <em>word</em> &lt;script&gt;</p>\\n')
    """
    return Markup(_renderer().render(text))  # noqa: S704 - the renderer has escaped all HTML


def avatar(image: str | None) -> str:
    """Where a picture lies; the default one where there is none, or one that is no address of a picture."""
    return image if image and _is_web_address(image) else url_for("site.static", filename="default-avatar.svg")


def _is_web_address(text: str) -> bool:
    try:
        return urlsplit(text).scheme.lower() in ("http", "https", "")
    except ValueError:
        return False


def day(instant: datetime) -> str:
    """
    >>> day(datetime(2026, 2, 3))
    'February 3, 2026'
    """
    return f"{instant:%B} {instant.day}, {instant.year}"


def xml(text: str) -> str:
    """
    >>> xml("a" + chr(0) + "b" + chr(27))
    'ab'
    """
    return UNPRINTABLE.sub("", text)


def rfc822(instant: datetime) -> str:
    """
    >>> rfc822(datetime(2026, 2, 3, 4, 5, 6))
    'Tue, 03 Feb 2026 04:05:06 +0000'
    """
    return format_datetime(instant.replace(tzinfo=UTC))

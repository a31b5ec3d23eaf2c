"""Highlight source with Pygments: a tuple of HTML lines for each file."""

from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from markupsafe import Markup
from pygments import highlight
from pygments.filter import Filter
from pygments.formatters import HtmlFormatter
from pygments.lexer import Lexer
from pygments.lexers import TextLexer, get_lexer_by_name, get_lexer_for_filename
from pygments.token import Comment, Generic, Keyword, Literal, Name, Operator, Text
from pygments.util import ClassNotFound

from .caching import keep_until_changed

KINDS = {
    Comment: Comment,
    Keyword: Keyword,
    Operator.Word: Keyword,
    Literal.String: Literal.String,
    Literal.Number: Literal.Number,
    Name.Function: Name.Function,
    Name.Class: Name.Function,
    Name.Tag: Keyword,
    Name.Decorator: Name.Decorator,
    Generic.Deleted: Generic.Deleted,
    Generic.Inserted: Generic.Inserted,
    Generic.Heading: Generic.Heading,
    Generic.Subheading: Generic.Heading,
}
"""The kinds of tokens that get a colour. All others are plain text, so that pages stay small."""


class Simplify(Filter):
    """Reduces the kinds of tokens to those that get a colour."""

    def filter(self, lexer: Lexer | None, stream: Iterable[tuple[Any, str]]) -> Iterator[tuple[Any, str]]:
        for kind, text in stream:
            yield simplify(kind), text


@cache
def simplify(kind: Any) -> Any:
    """Return the kind of token that gives a token its colour."""
    return next((KINDS[each] for each in reversed(kind.split()) if each in KINDS), Text)


@cache
def _formatter() -> Any:
    return HtmlFormatter(nowrap=True)


@lru_cache(maxsize=500)
def highlight_text(text: str, language: str) -> Markup:
    """Highlight a text. An unknown language is shown without colours.

    >>> highlight_text("return 1", "python")
    Markup('<span class="k">return</span> <span class="m">1</span>\\n')
    """
    try:
        lexer = get_lexer_by_name(language, stripnl=False)
    except ClassNotFound:
        lexer = TextLexer(stripnl=False)
    return _highlight(text, lexer)


@keep_until_changed
def highlight_file(path: Path) -> tuple[Markup, ...]:
    """Highlight a file, line by line."""
    try:
        lexer = get_lexer_for_filename(path.name, stripnl=False)
    except ClassNotFound:
        lexer = TextLexer(stripnl=False)
    html = _highlight(path.read_text(encoding="utf-8"), lexer)
    return tuple(Markup(line) for line in html.split("\n")[:-1])  # noqa: S704 - Pygments has escaped the text


def _highlight(text: str, lexer: Lexer) -> Markup:
    lexer.add_filter(Simplify())
    return Markup(highlight(text, lexer, _formatter()))  # noqa: S704 - Pygments has escaped the text

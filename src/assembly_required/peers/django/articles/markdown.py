"""Markdown with raw HTML switched off. What is expensive to render is not rendered."""

from markdown_it import MarkdownIt

LINES = 5_000
MARKS = 10_000
MARKUP = "![*_`<&\\"
NESTING = 20
OUTPUT = 2**20

renderer = MarkdownIt("commonmark", {"html": False, "maxNesting": NESTING})


def render_markdown(text):
    """Return HTML, or ``None`` if the text has too much markup or nesting, or its HTML would be too long."""
    if text.count("\n") > LINES or sum(map(text.count, MARKUP)) > MARKS:
        return None
    tokens = renderer.parse(text)
    # A link reference repeats its address wherever it is used, so the length is added up before any HTML is made.
    if max((token.level for token in tokens), default=0) >= NESTING - 1 or measure(tokens) > OUTPUT:
        return None
    html = renderer.renderer.render(tokens, renderer.options, {})
    return html if len(html) <= OUTPUT else None


def measure(tokens):
    return sum(
        len(token.content) + sum(len(str(value)) for value in token.attrs.values()) + measure(token.children or ())
        for token in tokens
    )

"""Markdown that is written to render slowly or to produce huge pages."""

from time import process_time

import pytest

from assembly_required.conduit import limits
from assembly_required.web.site.rendering import LINES, MARKS, NESTING, OUTPUT, markdown

PATTERNS = {
    "brackets": "[",
    "images": "![",
    "open links": "[a](",
    "links to angles": "[a](<b",
    "emphasis": "*a ",
    "emphasis in brackets": "*[",
    "mixed emphasis": "*a **b _c ",
    "strong": "**x",
    "underscores": "_a",
    "quotes": "> ",
    "quoted lines": ">a\n",
    "lists in one line": "- ",
    "list items": "* a\n",
    "quoted lists": "> - ",
    "backticks": "`",
    "code spans": "`a``",
    "fences": "~~~\n",
    "tags": "<a ",
    "comments": "<!--",
    "CDATA": "<![CDATA[",
    "entities": "&amp;",
    "open entities": "&#1",
    "backslashes": "[\\\\",
    "definitions": "[a]: ",
    "chained definitions": "[a]: b\n\n[b][a]\n\n",
    "titles": "[a]: b 'c\n",
    "headings": "# a\n",
    "underlined headings": "a\n-\n",
    "line breaks": "a  \n",
    "nulls": "a\0",
}


def measure(text: str) -> float:
    """Return the CPU seconds that a text takes. Other work on the machine can only add to them."""
    start = process_time()
    markdown(text[: limits.BODY])
    return process_time() - start


def render(text: str) -> str:
    assert any(measure(text) < 0.5 for _ in range(3))
    html = markdown(text[: limits.BODY])
    assert len(html) <= OUTPUT
    return str(html)


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=PATTERNS)
@pytest.mark.parametrize("budget", [limits.BODY, MARKS], ids=["whole", "rendered"])
def test_repetitions_are_fast(pattern: str, budget: int) -> None:
    """Each input is repeated until the article is full, and until the renderer's own limit."""
    render(pattern * (budget // len(pattern)))


@pytest.mark.parametrize(
    "text",
    [
        "[a" * 9_000 + "](b)" * 9_000,
        "![a" * 9_000 + "](b)" * 9_000,
        "*a " * 4_000 + " a*" * 4_000,
        "".join("`" * length + "a" for length in range(440)),
        "".join(" " * depth * 2 + "- a\n" for depth in range(300)),
        "".join(f"[a{number}]: /b\n\n[a{number}]\n\n" for number in range(2_000)),
        (">" * 1_000 + "a\n") * 99,
        "[a](" + "(" * 90_000,
        "[" + "a" * 90_000 + "]",
    ],
    ids=range(9),
)
def test_nested_input_is_fast(text: str) -> None:
    render(text)


@pytest.mark.parametrize("use", ["[x]", "![x]"])
@pytest.mark.parametrize("count", [16_000, 9_000, 60])
def test_link_references_do_not_multiply(use: str, count: int) -> None:
    """Without the limit, 88 KB of text became a page of 320 MB."""
    html = render(f"[x]: /{'a' * 40_000}\n\n" + use * count)
    assert html.startswith('<p class="plain-text">[x]: /aaa')


def test_ordinary_link_references_are_rendered() -> None:
    assert markdown("[x]: /a 'b'\n\n[x] [x]").count('<a href="/a" title="b">x</a>') == 2


@pytest.mark.parametrize("text", ["> " * NESTING + "deep", "- " * NESTING + "deep", "> - " * NESTING + "deep"])
def test_text_that_is_nested_too_deeply_is_kept(text: str) -> None:
    html = render(text)
    assert "deep" in html
    assert "<blockquote>" not in html
    assert "<li>" not in html


def test_plain_text_is_escaped() -> None:
    html = render("<script>\n" * (LINES + 1))
    assert "<script" not in html
    assert html.startswith('<p class="plain-text">&lt;script&gt;')


def test_a_long_ordinary_article_is_rendered() -> None:
    html = render(("A *word* and [a link](https://example.com/) in `code`.\n\n" + "Plain words. " * 10 + "\n\n") * 500)
    assert html.count("<em>") == 500

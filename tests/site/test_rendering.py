"""Markdown that is written to render slowly or to produce huge pages, and the other filters of the templates."""

from time import process_time

import pytest

from assembly_required.conduit import limits
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.people import People
from assembly_required.web.site.rendering import LINES, MARKS, NESTING, OUTPUT, avatar, markdown
from tests.conftest import MakeApp
from tests.site.browser import Browser

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


@pytest.mark.parametrize(
    ("rendered", "plain"),
    [
        ("\n" * 4_999 + "a\n", "\n" * 5_000 + "a\n"),
        ("&" * 10_000, "&" * 10_001),
        ("> " * 17 + "a", "> " * 18 + "a"),
        ("a" * 2**19, "a" * (2**19 + 1)),  # the parser keeps a text twice, so this is 2**20 characters
        ('"' * 110_000 + "a" * 388_568, '"' * 110_000 + "a" * 388_569),  # 2**20 characters of HTML, and one more
    ],
    ids=["lines", "marks", "nesting", "text", "HTML"],
)
def test_the_limits_are_exact(rendered: str, plain: str) -> None:
    assert not markdown(rendered).startswith('<p class="plain-text">')
    assert markdown(plain).startswith('<p class="plain-text">')


def test_nothing_is_rendered_as_nothing() -> None:
    assert markdown("") == ""


def test_the_templates_use_the_filters(make_app: MakeApp) -> None:
    app = make_app()
    author = People(Client(in_process(app))).new()
    article = author.publish(body="A *word* <script>alert(1)</script>")
    page = Browser(app).get(f"/article/{article['slug']}").text
    assert "<em>word</em> &lt;script&gt;" in page
    assert 'src="/static/default-avatar.svg"' in page
    year = article["createdAt"][:4]
    assert f", {year}</" in page
    assert f" {year} " in Browser(app).get("/feed.rss").text.partition("<pubDate>")[2].partition("</pubDate>")[0]


DEFAULT_AVATAR = "/blog/static/default-avatar.svg"


@pytest.mark.parametrize(
    ("image", "shown"),
    [
        (None, DEFAULT_AVATAR),
        ("", DEFAULT_AVATAR),
        ("javascript:alert(1)", DEFAULT_AVATAR),
        ("data:image/svg+xml,x", DEFAULT_AVATAR),
        ("http://[x", DEFAULT_AVATAR),
        ("http://pictures.example/a.png", "http://pictures.example/a.png"),
        ("HTTPS://pictures.example/a.png", "HTTPS://pictures.example/a.png"),
        ("/avatars/ada.svg", "/blog/avatars/ada.svg"),
        ("//pictures.example/a.png", "//pictures.example/a.png"),
        ("a.png", "a.png"),
    ],
)
def test_the_address_of_a_picture(make_app: MakeApp, image: str | None, shown: str) -> None:
    with make_app().test_request_context("/", base_url="http://localhost/blog"):
        assert avatar(image) == shown

"""Hostile content: section 2.9 of the contract, and more."""

import re
from collections.abc import Iterator
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from assembly_required.contract.people import People, unique
from tests.browser.conftest import PEERS_WITH_A_SITE
from tests.browser.visitor import Visitor

PAYLOADS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//elsewhere.example/x.js></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    "<img src=x onerror='alert(1)'/>",
    "<IMG SRC=javascript:alert(1)>",
    "<svg onload=alert(1)>",
    "<svg><script>alert(1)</script></svg>",
    "<svg><animate onbegin=alert(1) attributeName=x dur=1s>",
    "<body onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>",
    "<details open ontoggle=alert(1)>",
    "<input autofocus onfocus=alert(1)>",
    "<video><source onerror=alert(1)></video>",
    "<audio src=x onerror=alert(1)>",
    "<math><mtext></table><mglyph><style><img src onerror=alert(1)>",
    "<object data=javascript:alert(1)>",
    "<embed src=javascript:alert(1)>",
    "<meta http-equiv=refresh content='0;url=javascript:alert(1)'>",
    "<base href=//elsewhere.example/>",
    "<link rel=stylesheet href=//elsewhere.example/x.css>",
    "<style>*{background:url(javascript:alert(1))}</style>",
    "<form action=javascript:alert(1)><button>x</button></form>",
    "<a href=javascript:alert(1)>x</a>",
    "<marquee onstart=alert(1)>",
    "<template><script>alert(1)</script></template>",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "--><script>alert(1)</script>",
    "]]><script>alert(1)</script>",
    '"><script>alert(1)</script>',
    "'><script>alert(1)</script>",
    '" onmouseover="alert(1)',
    "' onmouseover='alert(1)",
    '" autofocus onfocus=alert(1) x="',
    'https://x/a.jpg"onerror="alert(1)',
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\tscript:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:msgbox(1)",
    "[x](javascript:alert(1))",
    "[x](JAVASCRIPT:alert(1))",
    "[x](java&#x09;script:alert(1))",
    "[x](data:text/html,<script>alert(1)</script>)",
    "![x](javascript:alert(1))",
    '![x](https://x/"onerror="alert(1))',
    "[x]: javascript:alert(1)\n\n[x]",
    "<javascript:alert(1)>",
    "`<script>alert(1)</script>`",
    "```<script>\nalert(1)\n```",
    "{{ 7*7 }}{% raw %}<script>alert(1)</script>",
    "{{ config }}${alert(1)}#{alert(1)}",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "\u2028<script>alert(1)</script>",
]

FOREIGN = "script:not([src$='/static/tags.js']), iframe, object, embed, base, meta[http-equiv], main svg, main style"
DANGER = """(foreign) => [...document.querySelectorAll("*")].flatMap(element => [
  ...(element.matches(foreign) ? [element.outerHTML] : []),
  ...[...element.attributes]
    .filter(({name, value}) => name.startsWith("on") || /^(href|src|action|formaction)$/.test(name)
      && /^[\\s\\0-\\x1f]*(javascript|vbscript|data):/i.test(value))
    .map(({name, value}) => `${element.tagName} ${name}=${value}`),
])"""


def look(page: Page, path: str) -> None:
    page.goto(path)
    assert page.evaluate(DANGER, FOREIGN) == [], path
    expect(page.locator("nav.navbar")).to_have_count(1)


@pytest.mark.parametrize("stack", ["classic", *PEERS_WITH_A_SITE], indirect=True)
def test_no_payload_runs(visitor: Visitor, people: People) -> None:
    """Each stands everywhere at once: in the name, the picture, the bio, an article, its tags, a comment.

    No option of a slot has a part in how these pages are rendered, so one stack stands for all.
    """
    page = visitor.page
    assert len(PAYLOADS) >= 40
    for payload in PAYLOADS:
        author = people.new()
        name = one_line(f"{unique('x')} {payload.replace('/', '')}", 64)
        assert author.put("/user", {"user": {"username": name, "image": payload, "bio": payload}}).status == 200
        title = one_line(f"{unique('t')} {payload}", 200)
        description = one_line(f"Before: {payload}", 500)
        words = {"title": title, "description": description, "body": f"Before: {payload}\n\n{payload}"}
        slug = author.publish(**words, tagList=[one_line(payload, 50)])["slug"]
        author.comment(slug, payload)
        look(page, f"/article/{slug}")
        expect(page.locator("h1").first).to_contain_text(title.split()[0])
        expect(page.locator(".article-content")).to_contain_text("Before:")
        look(page, f"/profile/{quote(name)}")
        expect(page.locator(".user-img")).to_be_visible()
        expect(page.locator(".article-preview p")).to_contain_text("Before:")
        assert visitor.surprises == [], payload
    look(page, "/")
    page.wait_for_timeout(1_500)


def test_one_s_own_payloads_in_forms(visitor: Visitor, people: People) -> None:
    page, author = visitor.page, people.new()
    visitor.sign_in(author)
    for some in batched(PAYLOADS, 4):
        payload = "\n".join(some)
        author.put("/user", {"user": {"image": payload, "bio": payload}})
        words = {"title": one_line(payload, 200), "description": one_line(payload, 500), "body": payload}
        slug = author.publish(**words, tagList=[one_line(each, 50) for each in some])["slug"]
        look(page, "/settings")
        expect(page.locator("textarea[name=bio]")).to_have_value(payload)
        look(page, f"/editor/{slug}")
        expect(page.locator("textarea[name=body]")).to_have_value(payload)
    page.wait_for_timeout(1_500)


def one_line(text: str, length: int) -> str:
    """Replace what the API refuses in a name or a title: control characters and line separators."""
    return re.sub("[\x00-\x1f\u2028]", " ", text)[:length].strip()


def batched(texts: list[str], size: int) -> Iterator[list[str]]:
    for start in range(0, len(texts), size):
        yield texts[start : start + size]


def test_a_script_would_not_run_even_if_it_came_through(visitor: Visitor) -> None:
    """The last line of defence: the Content-Security-Policy."""
    page = visitor.page
    page.goto("/")
    page.evaluate(
        """() => {
            const script = document.createElement("script");
            script.textContent = "window.ran = true";
            document.body.append(script);
            document.body.insertAdjacentHTML("beforeend", "<img src=x onerror='window.ran = true'>");
        }"""
    )
    page.wait_for_timeout(300)
    assert page.evaluate("window.ran") is None

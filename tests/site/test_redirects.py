"""Which targets of a redirect stay on this site."""

import pytest

from assembly_required.web.site.visitor import is_below

HERE = [
    "/",
    "/editor",
    "/tag/x%20y?page=2#end",
    "/profile/a?b=https://elsewhere.example",
    "/.well-known/x",
    "/..a",
    "/a./b",
    "/a..",
    "/...",
    "/2e/x",
    "/%e/x",
    "/%2/x",
    "/\u00e9",
]
ELSEWHERE = [
    "",
    "editor",
    "//elsewhere.example",
    "/\\elsewhere.example",
    "/a\\b",
    "/.",
    "/..",
    "/./a",
    "/../a",
    "/a/..",
    "/a/../b",
    "/a/b/../../c",
    "/a/..?b",
    "/a/..#b",
    "/%2e",
    "/%2e%2e/a",
    "/%2E./a",
    "/a/.%2e/b",
    "/a b",
    "/a\x00",
    "/a\x01b",
    "/\t/elsewhere.example",
    "/a\nb",
    "/a\x1fb",
    "/a\x7fb",
]


@pytest.mark.parametrize("prefix", ["", "/blog"])
@pytest.mark.parametrize("path", HERE)
def test_a_path_of_this_site(prefix: str, path: str) -> None:
    assert is_below(prefix, f"{prefix}{path}")


@pytest.mark.parametrize("prefix", ["", "/blog"])
@pytest.mark.parametrize("path", ELSEWHERE)
def test_what_a_browser_may_take_elsewhere(prefix: str, path: str) -> None:
    assert not is_below(prefix, f"{prefix}{path}")


@pytest.mark.parametrize("target", ["/", "/editor", "/blogger", "//blog/editor", "https://elsewhere.example/blog/"])
def test_a_path_beside_the_prefix(target: str) -> None:
    assert not is_below("/blog", target)

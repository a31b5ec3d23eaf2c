"""Which other origins may call the API from a browser."""

from collections.abc import Iterator

from flask import Flask

from .registry import Finding, parse_url, quote, register


@register(deploy=True)
def check_every_origin(app: Flask) -> Iterator[Finding]:
    """Check that not every page on the web may call the API."""
    if "*" in app.config["CORS_ORIGINS"]:
        yield Finding(
            "cors.W001",
            f"{quote(app, 'CORS_ORIGINS')}: pages of every other site may call the API with a visitor's browser.",
            'Write the origins of your own pages: CORS_ORIGINS = ["https://app.blog.example"], or [] for none.',
        )


@register()
def check_form_of_origins(app: Flask) -> Iterator[Finding]:
    """Check that each origin is written as a browser sends it, as django-cors-headers does."""
    wrong = [origin for origin in app.config["CORS_ORIGINS"] if origin not in ("*", "null") and not is_origin(origin)]
    if wrong:
        yield Finding(
            "cors.W002",
            f"{quote(app, 'CORS_ORIGINS')} contains {wrong[0]!r}, which no browser sends as an origin.",
            "Write a scheme and a host, without a path and without a slash at the end: https://app.blog.example",
            ("corsheaders.E013", "corsheaders.E014"),
        )


def is_origin(text: str) -> bool:
    """Check for the form of an origin. Source: https://fetch.spec.whatwg.org/#origin-header

    >>> [is_origin(text) for text in ("https://a.example:8443", "a.example", "https://a.example/", "https://A.example")]
    [True, False, False, False]
    """
    parts = parse_url(text)
    return bool(parts.scheme and parts.netloc) and text == f"{parts.scheme}://{parts.netloc.lower()}"

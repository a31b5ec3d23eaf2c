"""The public address of the site, HTTPS, and which hosts it answers."""

from collections.abc import Iterator

from flask import Flask
from werkzeug.sansio.utils import host_is_trusted

from ..web.site.links import HERE
from .registry import Finding, parse_url, quote, register

EXAMPLE = 'SITE_URL = "https://blog.example"'


@register(deploy=True)
def check_address(app: Flask) -> Iterator[Finding]:
    """Check that the site knows its public address."""
    if not app.config["SITE_URL"]:
        yield Finding(
            "site.E001",
            "SITE_URL is not set: links in mail are not sent, or have the host of the request, and no "
            "Strict-Transport-Security header tells browsers to stay with HTTPS.",
            f"Write the public address into instance/config.toml: {EXAMPLE}",
            ("security.W004",),
        )


@register()
def check_form_of_address(app: Flask) -> Iterator[Finding]:
    """Check that the address has a scheme and a host, and nothing after its path."""
    if app.config["SITE_URL"] and not is_address(app.config["SITE_URL"]):
        yield Finding(
            "site.E002",
            f"{quote(app, 'SITE_URL')} is not the address of a site, so the links in mail do not work.",
            f"Write it with http:// or https:// and without ? and #: {EXAMPLE}",
        )


@register(deploy=True)
def check_https(app: Flask) -> Iterator[Finding]:
    """Check that the site uses HTTPS. The header ``Strict-Transport-Security`` is sent only then."""
    if parse_url(app.config["SITE_URL"]).scheme == "http":
        yield Finding(
            "site.W003",
            f"{quote(app, 'SITE_URL')} is not HTTPS: passwords travel as plain text, and no Strict-Transport-Security "
            "header tells browsers to stay with HTTPS.",
            f"Get a certificate, and write SITE_URL with https://, like {EXAMPLE}",
            ("security.W004", "security.W008"),
        )


@register(deploy=True)
def check_hsts(app: Flask) -> Iterator[Finding]:
    """Check that browsers are told to stay with HTTPS."""
    if parse_url(app.config["SITE_URL"]).scheme == "https" and app.config["HSTS_SECONDS"] == 0:
        yield Finding(
            "site.W007",
            f"{quote(app, 'HSTS_SECONDS')}: the first request of each visit may be sent without HTTPS.",
            "Remove it, unless the proxy sends the header Strict-Transport-Security itself.",
            ("security.W004",),
        )


@register(deploy=True)
def check_local_address(app: Flask) -> Iterator[Finding]:
    """Check that the address is not one that only this machine can reach."""
    if is_address(app.config["SITE_URL"]) and parse_url(app.config["SITE_URL"]).hostname in HERE:
        yield Finding(
            "site.W004",
            f"{quote(app, 'SITE_URL')} is an address of this machine, so mailed links work nowhere else.",
            f"Write the public address: {EXAMPLE}",
        )


@register(deploy=True)
def check_hosts(app: Flask) -> Iterator[Finding]:
    """Check that the site answers only to its own names."""
    if not app.config["TRUSTED_HOSTS"]:
        yield Finding(
            "site.W005",
            "TRUSTED_HOSTS is not set: the site answers requests for any host.",
            'Write the names of the site into instance/config.toml: TRUSTED_HOSTS = ["blog.example"]',
            ("security.W020",),
        )


@register()
def check_own_host(app: Flask) -> Iterator[Finding]:
    """Check that the site answers to the host of its own address."""
    hosts, host = app.config["TRUSTED_HOSTS"], parse_url(app.config["SITE_URL"]).hostname
    if hosts and host and not host_is_trusted(host, hosts):
        yield Finding(
            "site.E006",
            f"The host of SITE_URL, {host!r}, is not in {quote(app, 'TRUSTED_HOSTS')}: the site answers 400 to all "
            "its visitors.",
            f"Add {host!r} to TRUSTED_HOSTS, or correct SITE_URL.",
        )


def is_address(url: str) -> bool:
    """Check for the form of a public address.

    >>> [is_address(url) for url in ("https://blog.example/blog", "blog.example", "https://", "https://a.example/?b")]
    [True, False, False, False]
    """
    parts = parse_url(url)
    return parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.query and not parts.fragment

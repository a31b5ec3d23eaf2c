"""The cookies of the site: the session, and "remember me", which has the same flags."""

from collections.abc import Iterator

from flask import Flask

from .registry import Finding, parse_url, quote, register


@register(deploy=True)
def check_secure(app: Flask) -> Iterator[Finding]:
    """Check that browsers send the cookies over HTTPS only."""
    if not app.config["SESSION_COOKIE_SECURE"] and app.config["SESSION_COOKIE_SAMESITE"] != "None":
        yield Finding(
            "cookies.W001",
            "SESSION_COOKIE_SECURE is false: browsers also send the cookies over HTTP, where others can read them.",
            "Write SESSION_COOKIE_SECURE = true into instance/config.toml.",
            ("security.W010", "security.W012", "security.W016"),
        )


@register()
def check_cookies_of_other_sites(app: Flask) -> Iterator[Finding]:
    """Check that a cookie for requests from other sites is one that browsers keep."""
    if app.config["SESSION_COOKIE_SAMESITE"] == "None" and not app.config["SESSION_COOKIE_SECURE"]:
        yield Finding(
            "cookies.E002",
            f"{quote(app, 'SESSION_COOKIE_SAMESITE')} without SESSION_COOKIE_SECURE: browsers drop the cookie, "
            "so nobody can sign in.",
            'Write SESSION_COOKIE_SAMESITE = "Lax", or also SESSION_COOKIE_SECURE = true.',
        )


@register(deploy=True)
def check_same_site(app: Flask) -> Iterator[Finding]:
    """Check that other sites do not act with the cookies of a visitor."""
    if app.config["SESSION_COOKIE_SAMESITE"] == "None" and app.config["SESSION_COOKIE_SECURE"]:
        yield Finding(
            "cookies.W003",
            f"{quote(app, 'SESSION_COOKIE_SAMESITE')}: browsers send the cookies with forms and frames of other sites.",
            'Write SESSION_COOKIE_SAMESITE = "Lax", unless the site has to work inside a frame of another site.',
        )


@register(deploy=True)
def check_http_only(app: Flask) -> Iterator[Finding]:
    """Check that scripts cannot read the session."""
    if not app.config["SESSION_COOKIE_HTTPONLY"]:
        yield Finding(
            "cookies.W004",
            f"{quote(app, 'SESSION_COOKIE_HTTPONLY')}: a script on a page can read the cookie of the session.",
            "Remove SESSION_COOKIE_HTTPONLY from instance/config.toml; Flask's default is true.",
            ("security.W013",),
        )


@register()
def check_site_without_https(app: Flask) -> Iterator[Finding]:
    """Check that a site without HTTPS gets its cookies."""
    if app.config["SESSION_COOKIE_SECURE"] and parse_url(app.config["SITE_URL"]).scheme == "http":
        yield Finding(
            "cookies.E005",
            f"SESSION_COOKIE_SECURE is true, but {quote(app, 'SITE_URL')} is not HTTPS: browsers send no "
            "cookies, so nobody can sign in.",
            "Write SITE_URL with https://, or SESSION_COOKIE_SECURE = false.",
        )

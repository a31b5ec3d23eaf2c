"""Mail: whether it reaches its readers, and nobody else."""

from collections.abc import Iterator

from flask import Flask

from ..web.site.links import HERE
from .registry import Finding, quote, register

TIMEOUT = 30
"""Seconds."""


@register(deploy=True)
def check_delivery(app: Flask) -> Iterator[Finding]:
    """Check that mail is sent."""
    if "smtp" not in app.config["MAIL_BACKENDS"]:
        yield Finding(
            "mail.E001",
            f"{quote(app, 'MAIL_BACKENDS')} sends no mail, so nobody can reset their password.",
            'Write MAIL_BACKENDS = ["smtp"] and MAIL_SERVER into instance/config.toml.',
        )


@register(deploy=True)
def check_copies(app: Flask) -> Iterator[Finding]:
    """Check that no copies of mail stay on the server."""
    copies = [name for name in app.config["MAIL_BACKENDS"] if name != "smtp"]
    if "smtp" in app.config["MAIL_BACKENDS"] and copies:
        yield Finding(
            "mail.W002",
            f"{quote(app, 'MAIL_BACKENDS')} also writes all mail to {' and '.join(copies)}, with links that open "
            "accounts.",
            'Write MAIL_BACKENDS = ["smtp"]',
        )


@register(deploy=True)
def check_encryption(app: Flask) -> Iterator[Finding]:
    """Check that the password for the SMTP server is encrypted on its way. A server on this machine is not checked."""
    config = app.config
    if config["MAIL_PASSWORD"] and not config["MAIL_USE_TLS"] and config["MAIL_SERVER"] not in HERE:
        yield Finding(
            "mail.W003",
            f"MAIL_PASSWORD is sent to {config['MAIL_SERVER']} as plain text.",
            "Write MAIL_USE_TLS = true and MAIL_PORT = 587.",
        )


@register(deploy=True)
def check_sender(app: Flask) -> Iterator[Finding]:
    """Check that mail has a sender that other servers accept."""
    sender = app.config["MAIL_DEFAULT_SENDER"]
    if sender.rpartition("@")[2] in ("", *HERE):
        yield Finding(
            "mail.W004",
            f"{quote(app, 'MAIL_DEFAULT_SENDER')} is no address on the internet, so other servers refuse the mail.",
            'Write an address of your domain: MAIL_DEFAULT_SENDER = "blog@blog.example"',
        )


@register()
def check_user_name(app: Flask) -> Iterator[Finding]:
    """Check that the password for the SMTP server is used."""
    if app.config["MAIL_PASSWORD"] and not app.config["MAIL_USERNAME"]:
        yield Finding(
            "mail.W005",
            "MAIL_PASSWORD is set, but not MAIL_USERNAME: the SMTP server is used without signing in.",
            "Write MAIL_USERNAME, or remove MAIL_PASSWORD.",
        )


@register(deploy=True)
def check_timeout(app: Flask) -> Iterator[Finding]:
    """Check that an SMTP server that does not answer is given up soon."""
    if app.config["MAIL_TIMEOUT"] > TIMEOUT:
        yield Finding(
            "mail.W006",
            f"{quote(app, 'MAIL_TIMEOUT')}: an SMTP server that does not answer holds up all other mail.",
            f"Write at most {TIMEOUT} seconds.",
        )

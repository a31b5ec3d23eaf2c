"""Passwords, the lifetime of sessions and tokens, and accounts that everybody knows."""

from collections.abc import Iterator

from flask import Flask

from ..data import demo, seed
from ..stack.assembly import assembled
from ..stack.settings import KEYS
from .registry import Finding, quote, register
from .storage import find_obstacle

LONGEST = {
    "TOKEN_DAYS": ("accounts.W003", 90, "an API token"),
    "REMEMBER_DAYS": ("accounts.W004", 90, '"Remember me"'),
    "LINK_HOURS": ("accounts.W005", 72, "a mailed link, which can open an account,"),
    "FRESH_MINUTES": ("accounts.W006", 240, "a password that was entered once"),
}
"""The longest lifetimes that are not reported. Django's links for a new password are valid for 72 hours."""


@register(deploy=True)
def check_costs(app: Flask) -> Iterator[Finding]:
    """Check that a stolen hash is expensive to guess. The defaults are the minimum that OWASP recommends."""
    for key, setting in assembled(app).choice["hashing"].option.settings.items():
        if app.config[key] < setting.default:
            yield Finding(
                "accounts.W001",
                f"{quote(app, key)} makes stolen password hashes cheap to guess.",
                f"Remove it, or write at least {setting.default}. Hashes that exist are renewed at the next sign-in.",
            )


@register(deploy=True)
def check_validators(app: Flask) -> Iterator[Finding]:
    """Check that forms reject bad passwords."""
    if not app.config["PASSWORD_VALIDATORS"]:
        yield Finding(
            "accounts.W002",
            "PASSWORD_VALIDATORS is empty: a password may be the name of the user, or 12345678.",
            'Write PASSWORD_VALIDATORS = ["similar", "numeric", "common"]; common needs the extra zxcvbn.',
        )


@register(deploy=True)
def check_lifetimes(app: Flask) -> Iterator[Finding]:
    """Check that what gives access does not stay valid for too long."""
    for key, (code, longest, what) in LONGEST.items():
        if app.config[key] > longest:
            yield Finding(
                code,
                f"{quote(app, key)}: {what} is valid for a long time after it was stolen.",
                f"Write at most {longest}; the default is {KEYS[key].default}.",
            )


@register(deploy=True)
def check_demo_accounts(app: Flask) -> Iterator[Finding]:
    """Check that nobody can sign in with the password in the README."""
    if find_obstacle(app):
        return
    parts = assembled(app)
    accounts = {name: parts.store.find_account(f"{name}@example.com") for name in demo.BIOS}
    hashes = {name: account.password_hash for name, account in accounts.items() if account}
    open_hashes = {each for each in set(hashes.values()) if parts.hashing.verify(each, demo.PASSWORD)}
    names = [name for name, each in hashes.items() if each in open_hashes]
    if names:
        yield Finding(
            "accounts.E007",
            f"Everybody knows the password of the demo accounts: {', '.join(names)}.",
            f"Delete each account: flask user delete {names[0]}",
        )


@register(deploy=True)
def check_made_up_accounts(app: Flask) -> Iterator[Finding]:
    """Check that there are no users of ``flask seed``, who all have a known password."""
    if not find_obstacle(app) and assembled(app).store.find_account(seed.email(seed.USERNAME)):
        yield Finding(
            "accounts.E008",
            "Everybody knows the password of the users that flask seed made up.",
            "Remove them: flask seed --remove",
        )

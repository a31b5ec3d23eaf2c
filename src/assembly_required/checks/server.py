"""How the application is run: debug mode, several processes, a proxy in front."""

import os
import re
from collections.abc import Iterator

from flask import Flask

from ..stack.assembly import assembled
from .registry import Finding, parse_url, quote, register, uses


@register(deploy=True)
def check_debug(app: Flask) -> Iterator[Finding]:
    """Check debug mode, which ``FLASK_DEBUG=1`` also turns on under gunicorn and other servers."""
    if app.debug:
        yield Finding(
            "server.E001",
            "Debug mode is on: the site shows /mail and /stack, and tracebacks with flask run.",
            "Remove FLASK_DEBUG from the environment of the server and DEBUG from instance/config.toml.",
            ("security.W018",),
        )


@register(deploy=True)
def check_testing(app: Flask) -> Iterator[Finding]:
    """Check ``TESTING``, with which Flask passes errors on to the server and extensions relax their rules."""
    if app.testing:
        yield Finding(
            "server.E002",
            f"{quote(app, 'TESTING')}: an error ends the request without a page, and Flask-Login lets everybody in.",
            "Remove TESTING from instance/config.toml.",
        )


@register(deploy=True)
def check_limits(app: Flask) -> Iterator[Finding]:
    """Check that all processes count the attempts to sign in together."""
    workers = count_workers()
    in_memory = app.config["LIMITS_STORAGE"].startswith("memory:")
    apart = uses(app, "limits", "plain") or (uses(app, "limits", "flask_limiter") and in_memory)
    if apart and workers > 1:
        yield Finding(
            "server.W003",
            f"Each of the {workers} workers counts the attempts to sign in by itself, so an attacker has "
            f"{workers} times as many.",
            'Write STACK_LIMITS = "flask_limiter" and LIMITS_STORAGE = "redis://localhost:6379/0" into '
            "instance/config.toml, or use one worker with threads.",
        )


@register(deploy=True)
def check_proxy(app: Flask) -> Iterator[Finding]:
    """Check that the address of a visitor is not the one of the proxy.

    The app cannot see whether there is a proxy. Where the site uses HTTPS, there nearly always is one.
    """
    if parse_url(app.config["SITE_URL"]).scheme == "https" and not app.config["PROXY_FIX"]:
        yield Finding(
            "server.W004",
            "PROXY_FIX is not set, although the site uses HTTPS: behind a proxy, all visitors seem to have the "
            "address of the proxy, so ten wrong passwords of one visitor lock out everybody.",
            "Set PROXY_FIX to the number of proxies in front of the server, usually 1. If the server handles HTTPS "
            "itself, pass: --ignore server.W004",
        )


@register(deploy=True)
def check_workbench(app: Flask) -> Iterator[Finding]:
    """Check that the workbench was not given to every server. By default only the development server has it."""
    if app.config["WORKBENCH"] and assembled(app).settings.where("WORKBENCH") != "the default":
        yield Finding(
            "server.W005",
            f"{quote(app, 'WORKBENCH')}: every server has the workbench. A program or a user on this machine "
            "can then read what was recorded and start processes.",
            "Remove WORKBENCH from instance/config.toml and from the environment. Without it, only the development "
            "server has the workbench.",
        )


def count_workers() -> int:
    """Count the processes from the variables that gunicorn and granian read.

    ``flask check`` does not see the command line of the server.
    """
    option = re.search(r"(?:-w|--workers)[ =]?(\d+)", os.environ.get("GUNICORN_CMD_ARGS", ""))
    numbers = [
        option[1] if option else "",
        os.environ.get("WEB_CONCURRENCY", ""),
        os.environ.get("GRANIAN_WORKERS", ""),
    ]
    return max([int(number) for number in numbers if number.isdecimal()], default=1)

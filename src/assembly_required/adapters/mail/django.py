"""``mail = django``: ``django.core.mail``.

*In Django* this is how it is done, with ``EMAIL_BACKEND`` and its kin in the settings.

*Here* a connection is made from this app's own keys instead, because the settings are the process's and apps differ.

*What it costs*: Django, but neither its ORM nor ``django.setup()``.

*Next*: :mod:`assembly_required.adapters.forms`.
"""

# isort: off
from ..shared import djangosettings  # noqa: F401 - first of all: the rest reads Django's settings

# isort: on
from collections.abc import Callable
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.core.mail.backends.console import EmailBackend as Console
from django.core.mail.backends.filebased import EmailBackend as File
from django.core.mail.backends.smtp import EmailBackend as Server
from flask import Flask, current_app

from ...stack.interfaces import Mail
from ...web import outbox

TIMEOUT = 10
"""Seconds."""


class DjangoMail:
    """Letters by Django."""

    def send(self, to: str, subject: str, text: str) -> None:
        sender = current_app.config["MAIL_DEFAULT_SENDER"]
        for backend in current_app.config["MAIL_BACKENDS"]:
            with CONNECTIONS[backend]() as connection:
                EmailMessage(subject, text, sender, [to], connection=connection).send()


def by_server() -> BaseEmailBackend:
    config: dict[str, Any] = current_app.config
    return Server(
        host=config["MAIL_SERVER"],
        port=config["MAIL_PORT"],
        username=config["MAIL_USERNAME"],
        password=config["MAIL_PASSWORD"],
        use_tls=config["MAIL_USE_TLS"],
        timeout=TIMEOUT,
    )


CONNECTIONS: dict[str, Callable[[], BaseEmailBackend]] = {
    "console": Console,
    "file": lambda: File(file_path=str(outbox.folder(current_app))),
    "smtp": by_server,
}


def build(app: Flask) -> Mail:
    """Mail for this app."""
    return DjangoMail()

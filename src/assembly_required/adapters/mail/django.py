"""``mail = django``: ``django.core.mail``.

*In Django* the settings choose a backend: ``EMAIL_BACKEND``, or ``MAILERS`` since Django 6.1.

*Here* the adapter creates Django's backends from the configuration of the Flask app. Django's settings apply to the
whole process, but each app in it may send its mail elsewhere.

*What it costs*: Django as a package. Its ORM and ``django.setup()`` are not used.

*Next*: :mod:`assembly_required.adapters.tasks`.
"""

# isort: off
from ..shared import django_settings  # noqa: F401 - must come first: the imports below read Django's settings

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


class DjangoMail:
    """Sends mail with Django's backends."""

    def send(self, to: str, subject: str, text: str) -> None:
        sender = current_app.config["MAIL_DEFAULT_SENDER"]
        for backend in current_app.config["MAIL_BACKENDS"]:
            with CONNECTIONS[backend]() as connection:
                connection.send_messages([EmailMessage(subject, text, sender, [to])])


def connect_smtp() -> BaseEmailBackend:
    """Create the SMTP backend from the app's configuration."""
    config: dict[str, Any] = current_app.config
    return Server(
        alias="smtp",
        host=config["MAIL_SERVER"],
        port=config["MAIL_PORT"],
        username=config["MAIL_USERNAME"],
        password=config["MAIL_PASSWORD"],
        use_tls=config["MAIL_USE_TLS"],
        timeout=config["MAIL_TIMEOUT"],
    )


# Django 6.1 reads deprecated settings when a backend has no alias. Earlier versions ignore the alias.
CONNECTIONS: dict[str, Callable[[], BaseEmailBackend]] = {
    "console": lambda: Console(alias="console"),
    "file": lambda: File(alias="file", file_path=str(outbox.folder(current_app))),
    "smtp": connect_smtp,
}


def build(app: Flask) -> Mail:
    """Return the mail option; it reads the configuration of the current app when it sends."""
    return DjangoMail()

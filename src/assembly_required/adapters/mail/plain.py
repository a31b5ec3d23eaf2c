"""``mail = plain``: ``email`` and ``smtplib`` of the standard library.

*In Django* ``django.core.mail.EmailMessage`` uses the same two modules.

*Here* ``email.message.EmailMessage`` creates the message. It chooses the character set, and rejects a line break in a
header. Each backend is a function that takes the message.

*What it costs*: no package. Attachments, HTML and several messages per connection would need more code.

*Next*: :mod:`assembly_required.adapters.mail.django`.
"""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formatdate, make_msgid
from uuid import uuid4

from flask import Flask, current_app

from ...stack.interfaces import Mail
from ...web import outbox


class PlainMail:
    """Send mail with the standard library."""

    def send(self, to: str, subject: str, text: str) -> None:
        message = EmailMessage()
        message["From"], message["To"], message["Subject"] = current_app.config["MAIL_DEFAULT_SENDER"], to, subject
        message["Date"], message["Message-ID"] = formatdate(), make_msgid(domain="localhost")
        message.set_content(text)
        for backend in current_app.config["MAIL_BACKENDS"]:
            BACKENDS[backend](message)


def to_console(message: EmailMessage) -> None:
    print(message.as_string())


def to_file(message: EmailMessage) -> None:
    (outbox.folder(current_app) / f"{uuid4()}.eml").write_bytes(message.as_bytes())


def to_server(message: EmailMessage) -> None:
    config = current_app.config
    with smtplib.SMTP(config["MAIL_SERVER"], config["MAIL_PORT"], timeout=config["MAIL_TIMEOUT"]) as server:
        if config["MAIL_USE_TLS"]:
            server.starttls(context=ssl.create_default_context())
        if config["MAIL_USERNAME"]:
            server.login(config["MAIL_USERNAME"], config["MAIL_PASSWORD"])
        # send_message would change "From" at the beginning of a line to ">From".
        server.sendmail(message["From"], message["To"], message.as_bytes(policy=SMTP))


BACKENDS: dict[str, Callable[[EmailMessage], None]] = {"console": to_console, "file": to_file, "smtp": to_server}


def build(app: Flask) -> Mail:
    """Return the mail option; it reads the configuration of the current app when it sends."""
    return PlainMail()

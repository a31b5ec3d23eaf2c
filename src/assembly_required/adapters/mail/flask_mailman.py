"""``mail = flask_mailman``: Django's mail, brought to Flask.

*In Django* what :mod:`~assembly_required.adapters.mail.django` does: this extension is a port of it.

*Here* ``Mail(app)`` reads the keys of the configuration (``MAIL_SERVER``, ``MAIL_USE_TLS``), which Flask-Mail had
before it. A message is sent through a connection, and a connection belongs to a backend.

*What it costs*: one package. Without a backend that is named, what it does depends on ``app.testing``.

*Next*: :mod:`assembly_required.adapters.mail.plain`.
"""

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail

from ...stack import interfaces
from ...web import outbox


class FlaskMail:
    """Letters by Flask-Mailman.

    :param mail: the extension.
    """

    def __init__(self, mail: Mail) -> None:
        self._mail = mail

    def send(self, to: str, subject: str, text: str) -> None:
        for backend in current_app.config["MAIL_BACKENDS"]:
            folder = {"file_path": str(outbox.folder(current_app))} if backend == "file" else {}
            with self._mail.get_connection(backend, **folder) as connection:
                EmailMessage(subject, text, to=[to], connection=connection).send()


def build(app: Flask) -> interfaces.Mail:
    """Mail for this app."""
    app.config.setdefault("MAIL_TIMEOUT", 10)
    return FlaskMail(Mail(app))

"""``mail = flask_mailman``: Django's mail module, ported to Flask.

*In Django* the same classes: see :mod:`~assembly_required.adapters.mail.django`.

*Here* ``Mail(app)`` reads the config keys that Flask-Mail introduced (``MAIL_SERVER``, ``MAIL_TIMEOUT``). An
``EmailMessage`` sends itself through a connection, and ``mail.get_connection("smtp")`` opens one of a backend.

*What it costs*: one package. If no backend is named, the extension chooses one by ``app.testing``.

*Next*: :mod:`assembly_required.adapters.mail.plain`.
"""

from flask import Flask, current_app
from flask_mailman import EmailMessage, Mail

from ...stack import interfaces
from ...web import outbox


class FlaskMail:
    """Send mail with Flask-Mailman.

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
    """Add Flask-Mailman to the app."""
    return FlaskMail(Mail(app))

"""Flask-Mailman as its documentation shows it.

Source: https://waynerv.github.io/flask-mailman/
"""

from flask import Flask
from flask_mailman import EmailMultiAlternatives, Mail

from .letters import SENDER, Letter


def send(letter: Letter, port: int) -> None:
    """Send a letter to an SMTP server of this machine."""
    app = Flask(__name__)
    app.config.update(MAIL_SERVER="127.0.0.1", MAIL_PORT=port, MAIL_TIMEOUT=letter.timeout, MAIL_DEFAULT_SENDER=SENDER)
    Mail(app)
    with app.app_context():
        msg = EmailMultiAlternatives(letter.subject, letter.text, to=[*letter.to])
        if letter.html:
            msg.attach_alternative(letter.html, "text/html")
        msg.send()

"""``email`` and ``smtplib`` of the standard library, as Python's documentation shows them.

Source: https://docs.python.org/3/library/email.examples.html
"""

import smtplib
from email.message import EmailMessage
from functools import partial

from .letters import SENDER, Letter


def send(letter: Letter, port: int) -> None:
    """Send a letter to an SMTP server of this machine."""
    msg = EmailMessage()
    msg["Subject"] = letter.subject
    msg["From"] = SENDER
    msg["To"] = ", ".join(letter.to)
    msg.set_content(letter.text)
    if letter.html:
        msg.add_alternative(letter.html, subtype="html")
    connect = smtplib.SMTP if letter.timeout is None else partial(smtplib.SMTP, timeout=letter.timeout)
    with connect("127.0.0.1", port) as server:
        server.send_message(msg)

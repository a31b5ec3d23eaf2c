"""A letter as text and as HTML, with a link that confirms an address: email and smtplib, from the standard library.

``EmailMessage`` holds both versions of the letter, and ``smtplib.SMTP`` sends it. ``MAIL_BACKEND`` says where a letter
goes: ``console`` (the default), ``file`` (a folder, ``MAIL_FILE_PATH``) or ``smtp`` (``MAIL_SERVER``, ``MAIL_PORT``).

Start it with ``flask --app plain_app run``. https://docs.python.org/3/library/email.examples.html
"""

import os
import re
import secrets
import smtplib
from email.message import EmailMessage
from email.utils import formatdate, make_msgid
from pathlib import Path
from uuid import uuid4

from flask import Flask, render_template_string, request, url_for
from itsdangerous import BadSignature, URLSafeTimedSerializer

app = Flask(__name__)
app.secret_key = os.environ.get("SECRET_KEY") or secrets.token_hex()
app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]  # the link contains the name of the host
signer = URLSafeTimedSerializer(app.secret_key, salt="confirm")

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
ONE_DAY = 24 * 60 * 60
HTML = '<p>Hello,</p><p>please <a href="{{ link }}">confirm your address</a>.</p>'


# step: write
def write_letter(to, link):
    letter = EmailMessage()
    letter["Subject"] = "Confirm your address"
    letter["From"] = "blog@example.com"
    letter["To"] = to
    letter["Date"] = formatdate()
    letter["Message-ID"] = make_msgid(domain="example.com")
    letter.set_content(f"Hello,\n\nplease confirm your address:\n{link}\n", cte="8bit")  # does not break a long link
    letter.add_alternative(render_template_string(HTML, link=link), subtype="html")
    return letter


# step: send
def send(letter):
    match os.environ.get("MAIL_BACKEND", "console"):
        case "console":
            print(letter, flush=True)
        case "file":
            folder = Path(os.environ.get("MAIL_FILE_PATH", "letters"))
            folder.mkdir(exist_ok=True)
            (folder / f"{uuid4()}.eml").write_bytes(bytes(letter))
        case "smtp":
            server, port = os.environ.get("MAIL_SERVER", "localhost"), int(os.environ.get("MAIL_PORT", 25))
            with smtplib.SMTP(server, port, timeout=3) as connection:
                connection.send_message(letter)


@app.post("/letters")
def create_letter():
    to = request.form.get("to", "")
    if not ADDRESS.fullmatch(to):
        return {"error": "This is not an email address."}, 400
    letter = write_letter(to, url_for("confirm", token=signer.dumps(to), _external=True))
    # step: fail
    try:
        send(letter)
    except OSError as error:  # SMTPException is an OSError too
        app.logger.error("The letter was not sent: %s", error)
        return {"error": "The letter could not be sent. Please try again later."}, 503
    return {"sent": to}, 202


# step: confirm
@app.get("/confirm/<token>")
def confirm(token):
    try:
        return {"confirmed": signer.loads(token, max_age=ONE_DAY)}
    except BadSignature:
        return {"error": "This link is not valid, or no longer."}, 400

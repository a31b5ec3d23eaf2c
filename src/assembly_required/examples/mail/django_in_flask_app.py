"""A letter as text and as HTML, with a link that confirms an address: Django's mail inside a Flask app.

``django.core.mail`` needs settings, but no installed app and no database. ``send_mail`` with ``html_message`` sends
both versions of the letter, and ``django.core.signing`` makes the token of the link. ``MAIL_BACKEND`` says where a
letter goes: ``console`` (the default), ``file`` (a folder, ``MAIL_FILE_PATH``) or ``smtp`` (``MAIL_SERVER``,
``MAIL_PORT``).

Start it with ``flask --app django_in_flask_app run``. https://docs.djangoproject.com/en/5.2/topics/email/
"""

import os
import secrets

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.core.validators import validate_email
from flask import Flask, render_template_string, request, url_for

BACKENDS = {"console": "console", "file": "filebased", "smtp": "smtp"}
settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    USE_I18N=False,
    EMAIL_BACKEND=f"django.core.mail.backends.{BACKENDS[os.environ.get('MAIL_BACKEND', 'console')]}.EmailBackend",
    EMAIL_FILE_PATH=os.environ.get("MAIL_FILE_PATH", "letters"),
    EMAIL_HOST=os.environ.get("MAIL_SERVER", "localhost"),
    EMAIL_PORT=int(os.environ.get("MAIL_PORT", 25)),
    EMAIL_TIMEOUT=3,
    DEFAULT_FROM_EMAIL="blog@example.com",
)

app = Flask(__name__)
app.config["TRUSTED_HOSTS"] = ["127.0.0.1", "localhost"]  # the link contains the name of the host

ONE_DAY = 24 * 60 * 60
HTML = '<p>Hello,</p><p>please <a href="{{ link }}">confirm your address</a>.</p>'


@app.post("/letters")
def create_letter():
    to = request.form.get("to", "")
    try:
        validate_email(to)
    except ValidationError:
        return {"error": "This is not an email address."}, 400
    # step: write
    link = url_for("confirm", token=signing.dumps(to, salt="confirm"), _external=True)
    text = f"Hello,\n\nplease confirm your address:\n{link}\n"
    html = render_template_string(HTML, link=link)
    # step: send
    try:
        send_mail("Confirm your address", text, None, [to], html_message=html)
    # step: fail
    except OSError as error:  # SMTPException is an OSError too
        app.logger.error("The letter was not sent: %s", error)
        return {"error": "The letter could not be sent. Please try again later."}, 503
    return {"sent": to}, 202


# step: confirm
@app.get("/confirm/<token>")
def confirm(token):
    try:
        return {"confirmed": signing.loads(token, salt="confirm", max_age=ONE_DAY)}
    except signing.BadSignature:
        return {"error": "This link is not valid, or no longer."}, 400

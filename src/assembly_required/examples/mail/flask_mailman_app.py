"""A letter as text and as HTML, with a link that confirms an address: Flask-Mailman.

``EmailMultiAlternatives`` is a letter with several versions, with the same names as in Django. The extension reads its
keys from the app's config. ``MAIL_BACKEND`` says where a letter goes: ``console`` (the default here), ``file`` (a
folder, ``MAIL_FILE_PATH``) or ``smtp`` (``MAIL_SERVER``, ``MAIL_PORT``).

Start it with ``flask --app flask_mailman_app run``. https://waynerv.github.io/flask-mailman/
"""

import os
import re
import secrets

from flask import Flask, render_template_string, request, url_for
from flask_mailman import EmailMultiAlternatives, Mail
from itsdangerous import BadSignature, URLSafeTimedSerializer

app = Flask(__name__)
app.config.from_mapping(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    TRUSTED_HOSTS=["127.0.0.1", "localhost"],  # the link contains the name of the host
    MAIL_BACKEND=os.environ.get("MAIL_BACKEND", "console"),
    MAIL_FILE_PATH=os.environ.get("MAIL_FILE_PATH", "letters"),
    MAIL_SERVER=os.environ.get("MAIL_SERVER", "localhost"),
    MAIL_PORT=int(os.environ.get("MAIL_PORT", 25)),
    MAIL_TIMEOUT=3,
    MAIL_DEFAULT_SENDER="blog@example.com",
)
mail = Mail(app)
signer = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="confirm")

ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(\.[\w-]+)+", re.ASCII)
ONE_DAY = 24 * 60 * 60
TEXT = "Hello,\n\nplease confirm your address:\n{{ link }}\n"
HTML = '<p>Hello,</p><p>please <a href="{{ link }}">confirm your address</a>.</p>'


@app.post("/letters")
def create_letter():
    to = request.form.get("to", "")
    if not ADDRESS.fullmatch(to):
        return {"error": "This is not an email address."}, 400
    # step: write
    link = url_for("confirm", token=signer.dumps(to), _external=True)
    msg = EmailMultiAlternatives("Confirm your address", render_template_string(TEXT, link=link), to=[to])
    msg.attach_alternative(render_template_string(HTML, link=link), "text/html")
    # step: send
    try:
        msg.send()
    # step: fail
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

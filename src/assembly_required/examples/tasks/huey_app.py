"""A letter in the background with two retries: huey.

Calling a function that is decorated with ``huey.task`` puts the call into an SQLite file and answers at once. The
consumer, a process of its own, takes it out and runs it; after an exception it tries again, after ``retry_delay``
seconds and then after ``retry_backoff`` times as long. ``huey.result`` reads what became of it.

A consumer that is killed loses the call that it is running: huey removes it from the queue first.

Start it with ``flask --app huey_app run``, and the consumer with ``huey_consumer huey_app.huey -d 0.1 -m 1``;
``MAIL_SERVER`` and ``MAIL_PORT`` name the mail server. It follows https://huey.readthedocs.io/en/latest/guide.html
"""

import os
import smtplib
from email.message import EmailMessage

from flask import Flask, abort, request
from huey import SqliteHuey
from huey.exceptions import TaskException

app = Flask(__name__)
huey = SqliteHuey(filename="tasks.sqlite3")

RETRIES = 2
RETRY_SECONDS = float(os.environ.get("RETRY_SECONDS", 5))


# step: retry
@huey.task(retries=RETRIES, retry_delay=RETRY_SECONDS, retry_backoff=2, context=True)
def send(to, task):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Welcome", "blog@example.com", to
    letter.set_content("Hello!\n")
    server, port = os.environ.get("MAIL_SERVER", "localhost"), int(os.environ.get("MAIL_PORT", 25))
    with smtplib.SMTP(server, port, timeout=5) as connection:
        connection.send_message(letter)
    return {"status": "sent", "attempts": 1 + RETRIES - task.retries}


# step: enqueue
@app.post("/letters")
def create_letter():
    to = request.form.get("to", "")
    if "@" not in to or not to.isprintable():
        abort(400)
    return {"id": send(to).id}, 202


# step: what became of it
@app.get("/letters/<letter_id>")
def show_letter(letter_id):
    try:
        result = huey.result(letter_id, preserve=True)
    except TaskException as error:  # the result of an attempt that failed
        left = error.metadata["retries"]
        return {"status": "waiting" if left else "failed", "attempts": 1 + RETRIES - left}
    # huey does not know which ids it has given out: an unknown one is waiting too.
    return result or {"status": "waiting", "attempts": 0}

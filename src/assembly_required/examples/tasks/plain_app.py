"""A letter in the background with two retries: a thread and a queue, from the standard library.

``POST /letters`` puts the letter into a queue and answers at once. A thread takes it out and sends it; a letter that
fails is put back by a timer, after ``RETRY_SECONDS`` and then after twice that time. ``GET /letters/<id>`` says what
became of it. Queue and results are in memory: a letter that has not been sent when the process ends is lost.

Start it with ``flask --app plain_app run``; ``MAIL_SERVER`` and ``MAIL_PORT`` name the mail server.
It follows https://docs.python.org/3/library/queue.html
"""

import os
import smtplib
from email.message import EmailMessage
from queue import Full, Queue
from threading import Lock, Thread, Timer
from uuid import uuid4

from flask import Flask, abort, request

app = Flask(__name__)

RETRIES = 2
RETRY_SECONDS = float(os.environ.get("RETRY_SECONDS", 5))

letters = Queue(maxsize=1000)
results = {}
lock = Lock()
thread = None


def send(to):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Welcome", "blog@example.com", to
    letter.set_content("Hello!\n")
    server, port = os.environ.get("MAIL_SERVER", "localhost"), int(os.environ.get("MAIL_PORT", 25))
    with smtplib.SMTP(server, port, timeout=5) as connection:
        connection.send_message(letter)


def work():
    while True:
        letter_id, to = letters.get()
        run(letter_id, to)


# step: retry
def run(letter_id, to):
    result = results[letter_id]
    result["attempts"] += 1
    try:
        send(to)
    except OSError as error:  # SMTPException is an OSError too
        app.logger.warning("Attempt %d failed: %s", result["attempts"], error)
        if result["attempts"] > RETRIES:
            result["status"] = "failed"
        else:
            wait = RETRY_SECONDS * 2 ** (result["attempts"] - 1)
            timer = Timer(wait, letters.put, [(letter_id, to)])
            timer.daemon = True
            timer.start()
    else:
        result["status"] = "sent"


# step: start the worker
def start_worker():
    """Start the thread with the first letter: a server may fork its processes after this module was imported."""
    global thread
    with lock:
        if thread is None:
            thread = Thread(target=work, daemon=True)
            thread.start()


# step: enqueue
@app.post("/letters")
def create_letter():
    to = request.form.get("to", "")
    if "@" not in to or not to.isprintable():
        abort(400)
    start_worker()
    letter_id = uuid4().hex
    results[letter_id] = {"status": "waiting", "attempts": 0}
    try:
        letters.put_nowait((letter_id, to))
    except Full:
        del results[letter_id]
        abort(503)
    return {"id": letter_id}, 202


# step: what became of it
@app.get("/letters/<letter_id>")
def show_letter(letter_id):
    if letter_id not in results:
        abort(404)
    return results[letter_id]

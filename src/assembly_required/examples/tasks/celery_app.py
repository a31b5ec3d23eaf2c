"""A letter in the background with two retries: Celery, with RabbitMQ as the broker and Redis for the results.

``send.delay`` gives the call to the broker and answers at once. A worker, on this or another machine, runs it inside
the app's context. ``autoretry_for`` tries again after an exception, after ``retry_backoff`` seconds and then after
twice that time. With ``acks_late`` the broker keeps the message until the task has ended, and gives it to another
worker if this one is killed; so a letter may be sent twice. ``AsyncResult`` reads what became of it.

Start it with ``flask --app celery_app run``, and the worker with ``celery -A celery_app.celery_app worker``;
``MAIL_SERVER`` and ``MAIL_PORT`` name the mail server, ``CELERY_BROKER``, ``CELERY_RESULTS`` and ``CELERY_QUEUE`` the
others. It follows https://flask.palletsprojects.com/en/stable/patterns/celery/
"""

import os
import smtplib
from email.message import EmailMessage

from celery import Celery, Task, shared_task
from celery.result import AsyncResult
from flask import Flask, abort, request
from kombu.exceptions import OperationalError

RETRIES = 2
RETRY_SECONDS = float(os.environ.get("RETRY_SECONDS", 5))


def celery_init_app(app):
    class FlaskTask(Task):
        def __call__(self, *args, **kwargs):
            with app.app_context():
                return self.run(*args, **kwargs)

    celery_app = Celery(app.name, task_cls=FlaskTask)
    celery_app.config_from_object(app.config["CELERY"])
    celery_app.set_default()
    app.extensions["celery"] = celery_app
    return celery_app


app = Flask(__name__)
app.config.from_mapping(
    CELERY={
        "broker_url": os.environ.get("CELERY_BROKER", "amqp://localhost"),
        "result_backend": os.environ.get("CELERY_RESULTS", "redis://localhost"),
        "task_default_queue": os.environ.get("CELERY_QUEUE", "letters"),
        "task_acks_late": True,
        "broker_connection_timeout": 1,
        "broker_connection_retry_on_startup": True,
    }
)
celery_app = celery_init_app(app)


# step: retry
@shared_task(
    bind=True,
    max_retries=RETRIES,
    autoretry_for=(OSError,),  # SMTPException is an OSError too
    retry_backoff=RETRY_SECONDS,
    retry_jitter=False,
)
def send(self, to):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Welcome", "blog@example.com", to
    letter.set_content("Hello!\n")
    server, port = os.environ.get("MAIL_SERVER", "localhost"), int(os.environ.get("MAIL_PORT", 25))
    with smtplib.SMTP(server, port, timeout=5) as connection:
        connection.send_message(letter)
    return 1 + self.request.retries


# step: enqueue
@app.post("/letters")
def create_letter():
    to = request.form.get("to", "")
    if "@" not in to or not to.isprintable():
        abort(400)
    try:
        return {"id": send.delay(to).id}, 202
    except OperationalError:  # the broker is away
        abort(503)


# step: what became of it
@app.get("/letters/<letter_id>")
def show_letter(letter_id):
    result = AsyncResult(letter_id)
    if result.successful():
        return {"status": "sent", "attempts": result.get()}
    if result.failed():
        return {"status": "failed", "attempts": 1 + RETRIES}
    # Celery does not know which ids it has given out: an unknown one is waiting too.
    return {"status": "waiting", "attempts": 0}

"""The same requests to all examples: a letter that is sent, one that is tried again, one that is given up."""

import asyncio
import os
import socket
import subprocess
import sys
import time
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from uuid import uuid4

import pytest
from aiosmtpd.controller import Controller

ADDRESS = "jo@example.com"
SECONDS = 60

BROKERS = {"RabbitMQ": 5672, "Redis": 6379}
"""What the example of Celery needs, with the ports."""

WORKERS = {
    "huey": ["-m", "huey.bin.huey_consumer", "huey_app.huey", "-d", "0.1", "-m", "1"],
    "celery": ["-m", "celery", "-A", "celery_app.celery_app", "worker", "--pool", "solo"],
}
"""The command that starts a worker, where there is one."""


def is_running(port):
    try:
        socket.create_connection(("localhost", port), timeout=5).close()
    except OSError:
        return False
    return True


missing = {}
if absent := [name for name, port in BROKERS.items() if not is_running(port)]:
    missing["celery"] = f"It needs {' and '.join(absent)} on this machine."
if find_spec("django") and import_module("django").VERSION < (6, 0):
    missing["django"] = "It needs Django 6, which needs Python 3.12."


class Mailbox:
    """The handler of the mail server: it refuses some letters, and keeps the others."""

    def __init__(self):
        self.letters, self.refusals, self.seconds = [], 0, 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 - aiosmtpd's name
        await asyncio.sleep(self.seconds)
        if self.refusals:
            self.refusals -= 1
            return "451 try again later"
        self.letters.append(envelope.content.decode())
        return "250 OK"


@pytest.fixture(scope="module")
def mailbox():
    return Mailbox()


@pytest.fixture(scope="module")
def environment(mailbox):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = Controller(mailbox, hostname="127.0.0.1", port=port)
    server.start()
    yield {
        "MAIL_SERVER": "127.0.0.1",
        "MAIL_PORT": str(port),
        "RETRY_SECONDS": "0.5",
        "CELERY_QUEUE": f"example {uuid4()}",
    }
    server.stop()


def remove_queue(name):
    from kombu import Connection

    with Connection("amqp://localhost") as connection:
        connection.default_channel.queue_delete(name)


@pytest.fixture(scope="module", autouse=True)
def worker(example, environment, tmp_path_factory):
    """Start the worker of an example that needs one, in the folder of its server."""
    if example.name not in WORKERS:
        yield
        return
    folders = tmp_path_factory.getbasetemp().glob(f"{example.name}_app*")
    folder = max(folders, key=lambda path: path.stat().st_mtime)
    with Path(folder, "worker.log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, *WORKERS[example.name]],
            cwd=folder,
            env={**os.environ, "PYTHONPATH": "", **environment},
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        yield
        process.terminate()
        process.wait(timeout=SECONDS)
    if example.name == "celery":
        remove_queue(environment["CELERY_QUEUE"])


def wait_until(example, letter_id, status):
    """Ask until the letter has a status, and return the answer."""
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        answer = example.get(f"/letters/{letter_id}").json
        if answer["status"] == status:
            return answer
        time.sleep(0.1)
    pytest.fail(f"The letter is not {status}, but {answer}")


def send(example, mailbox, refusals=0, seconds=0):
    mailbox.letters.clear()
    mailbox.refusals, mailbox.seconds = refusals, seconds
    answer = example.post("/letters", {"to": ADDRESS})
    assert answer.status == 202
    return answer.json["id"]


def test_a_letter_is_sent(example, mailbox):
    letter_id = send(example, mailbox)
    assert wait_until(example, letter_id, "sent") == {"status": "sent", "attempts": 1}
    (letter,) = mailbox.letters
    assert f"To: {ADDRESS}" in letter


def test_the_request_does_not_wait_for_the_mail_server(example, mailbox):
    start = time.monotonic()
    letter_id = send(example, mailbox, seconds=3)
    waited = time.monotonic() - start
    assert (waited >= 3) == (example.name == "django")
    wait_until(example, letter_id, "sent")


def test_a_letter_that_fails_twice_is_sent(example, mailbox):
    letter_id = send(example, mailbox, refusals=2)
    if example.name == "django":
        assert wait_until(example, letter_id, "failed")["attempts"] == 1
        return
    assert wait_until(example, letter_id, "sent") == {"status": "sent", "attempts": 3}
    assert len(mailbox.letters) == 1


def test_a_letter_that_fails_three_times_is_given_up(example, mailbox):
    letter_id = send(example, mailbox, refusals=9)
    attempts = 1 if example.name == "django" else 3
    assert wait_until(example, letter_id, "failed")["attempts"] == attempts
    assert mailbox.refusals == 9 - attempts


@pytest.mark.parametrize("to", ["", "jo", "jo@example.com\nBcc: al@example.com"])
def test_other_text_than_an_address_is_refused(example, mailbox, to):
    mailbox.letters.clear()
    assert example.post("/letters", {"to": to}).status == 400
    assert mailbox.letters == []

"""Keep the page alive when the mail server is not.

The mail server of this app does not answer. A visitor waits for three seconds, and then sees an error 500. Give the
connection a time limit of half a second, and answer 503 with a sentence. In Django the limit is ``EMAIL_TIMEOUT``.
Without one, as by default, a visitor would wait as long as the server does.
"""

import smtplib
import socket
import time
from email.message import EmailMessage

import pytest
from flask import Flask

app = Flask(__name__)


def send(letter, port):
    # start
    # with smtplib.SMTP("127.0.0.1", port, timeout=3) as connection:
    #     connection.send_message(letter)
    # solution
    with smtplib.SMTP("127.0.0.1", port, timeout=0.5) as connection:
        connection.send_message(letter)
    # end


@app.post("/letters/<int:port>")
def create_letter(port):
    letter = EmailMessage()
    letter["Subject"], letter["From"], letter["To"] = "Hello", "blog@example.com", "ada@example.com"
    # start
    # send(letter, port)
    # solution
    try:
        send(letter, port)
    except OSError as error:  # the errors of smtplib are of this type too
        app.logger.error("The letter was not sent: %s", error)
        return {"error": "The letter could not be sent. Please try again later."}, 503
    # end
    return {"sent": True}, 202


@pytest.fixture
def mute():
    """The port of a server that accepts a connection and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


def test_a_visitor_does_not_wait(mute):
    begun = time.monotonic()
    assert app.test_client().post(f"/letters/{mute}").status_code == 503
    assert time.monotonic() - begun < 2


def test_a_server_that_is_away_is_no_error_of_this_page(mute):
    answer = app.test_client().post("/letters/1")
    assert (answer.status_code, answer.json["error"]) == (503, "The letter could not be sent. Please try again later.")

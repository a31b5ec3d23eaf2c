"""Say when to try again.

After three requests within a minute, the view refuses the next one with an error 500. Answer 429 instead, with the
header ``Retry-After``: the number of seconds until the window ends, rounded up. Django REST framework takes it from
``throttle.wait()``.
"""

import math

import pytest
from flask import Flask
from werkzeug.exceptions import TooManyRequests

app = Flask(__name__)

SECONDS, TIMES = 60, 3

clock = {"now": 0.0}
attempts = []


def count():
    """Count an attempt. The fourth within a minute of the first is refused."""
    now = clock["now"]
    if attempts and now >= attempts[0] + SECONDS:
        attempts.clear()
    if len(attempts) == TIMES:
        # start
        # raise RuntimeError("too many attempts")
        # solution
        raise TooManyRequests(retry_after=math.ceil(attempts[0] + SECONDS - now))
        # end
    attempts.append(now)


@app.get("/")
def home():
    count()
    return "welcome"


@pytest.fixture
def client():
    attempts.clear()
    clock["now"] = 100.0
    return app.test_client()


@pytest.mark.parametrize(("later", "seconds"), [(0, "60"), (0.5, "60"), (10, "50"), (59.9, "1")])
def test_the_fourth_request(client, later, seconds):
    assert [client.get("/").status_code for _ in range(TIMES)] == [200] * TIMES
    clock["now"] += later
    answer = client.get("/")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (429, seconds)


def test_after_that_time(client):
    for _ in range(TIMES):
        client.get("/")
    clock["now"] += SECONDS
    assert client.get("/").status_code == 200

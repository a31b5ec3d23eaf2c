"""Three attempts a minute for each address, counted in a dictionary.

A window starts with the first attempt of an address. In it three attempts pass; the others get 429 with
``Retry-After``, the seconds until the window ends. The lock makes "count and compare" one step for threads. Each
process counts for itself, and a restart forgets all windows. At most ``MOST`` addresses are remembered.

Start it with ``flask --app plain_app run``.
It follows https://www.rfc-editor.org/rfc/rfc6585#section-4
"""

import math
import time
from threading import Lock

from flask import Flask, request
from werkzeug.exceptions import TooManyRequests

TIMES, SECONDS = 3, 60
MOST = 10_000

app = Flask(__name__)

windows = {}  # from an address to the number of its attempts and the end of its window
lock = Lock()


# step: count an attempt
def count_attempt(address):
    now = time.monotonic()
    with lock:
        attempts, end = windows.get(address, (0, 0))
        if end <= now:
            attempts, end = 0, now + SECONDS
            windows.pop(address, None)
            while windows and (len(windows) >= MOST or next(iter(windows.values()))[1] <= now):
                del windows[next(iter(windows))]
        windows[address] = attempts + 1, end
    if attempts >= TIMES:
        raise TooManyRequests(retry_after=math.ceil(end - now))


# step: refuse
@app.errorhandler(TooManyRequests)
def refuse(error):
    return {"error": f"Too many attempts. Try again in {error.retry_after} seconds."}, 429, error.get_headers()


# step: limit a view
@app.post("/attempt")
def attempt():
    count_attempt(request.remote_addr)
    return {"attempt": "made"}


@app.get("/")
def index():
    return {"limited": "/attempt"}

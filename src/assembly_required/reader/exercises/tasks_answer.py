"""Answer before the work is done.

``POST /letters`` waits until the letter is sent. Put it into the queue instead, which a thread empties, and answer 202
at once. In Django, since version 6, ``send.enqueue(to=...)`` does it for a function with the decorator ``@task``.
The queue is in memory: what is in it when the process ends is lost, and for letters that matter you need one on a disk.
"""

import time
from queue import Queue
from threading import Thread

from flask import Flask

app = Flask(__name__)
letters, sent = Queue(), []


def send(to):
    time.sleep(0.3)
    sent.append(to)


def work():
    while True:
        send(letters.get())
        letters.task_done()


Thread(target=work, daemon=True).start()


@app.post("/letters/<to>")
def create_letter(to):
    # start
    # send(to)
    # return {"sent": to}
    # solution
    letters.put(to)
    return {"queued": to}, 202
    # end


def test_the_answer_does_not_wait():
    begun = time.monotonic()
    assert app.test_client().post("/letters/ada").status_code == 202
    assert time.monotonic() - begun < 0.25
    letters.join()


def test_every_letter_is_sent_in_order():
    sent.clear()
    for name in ("ada", "bob"):
        app.test_client().post(f"/letters/{name}")
    letters.join()
    assert sent == ["ada", "bob"]

"""A thread and a queue, as the documentation of ``queue`` shows them.

Source: https://docs.python.org/3/library/queue.html
"""

from queue import Queue
from threading import Thread

from . import Ask
from .jobs import run

OFFERS = ""


def connect(folder: str, asked: bool, away: bool) -> "Sender":
    """Start the thread, and return what puts jobs into its queue."""
    return Sender(folder)


class Sender:
    """Puts jobs into the queue of this process."""

    def __init__(self, folder: str) -> None:
        self._folder = folder
        self._jobs: Queue[str] = Queue()
        Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        while True:
            run(self._jobs.get(), self._folder)
            self._jobs.task_done()

    def __call__(self, job: str) -> Ask:
        self._jobs.put(job)
        return lambda: "a queue keeps no results"

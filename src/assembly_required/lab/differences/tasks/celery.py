"""Celery as its first steps show it, with RabbitMQ as the broker.

Source: https://docs.celeryq.dev/en/stable/getting-started/first-steps-with-celery.html
"""

from pathlib import Path
from typing import Any

from celery import Celery
from kombu import Queue  # type: ignore[attr-defined]

from . import Ask
from .jobs import run

OFFERS = "autoretry_for, acks_late"

BROKER = ("localhost", 5672)


class Connected:
    """A queue and its task. RabbitMQ removes the queue a minute after its last use.

    :param asked: whether to use what Celery offers for jobs that fail, and for workers that are killed.
    :param away: whether to use a port on which there is no broker.
    """

    def __init__(self, folder: str, asked: bool, away: bool) -> None:
        host, port = BROKER
        self._celery: Any = Celery("alone", broker=f"amqp://{host}:{1 if away else port}")
        name = f"differences {Path(folder).name}"
        queue = Queue(name, expires=60)  # type: ignore[no-untyped-call]
        self._celery.conf.update(task_default_queue=name, task_queues=[queue])
        self._folder = folder
        retrying = {"autoretry_for": (Exception,), "default_retry_delay": 0, "max_retries": 2, "acks_late": True}
        self._task = self._celery.task(name="run", **(retrying if asked else {}))(run)

    def __call__(self, job: str) -> Ask:
        result = self._task.delay(job, self._folder)
        return lambda: str(result.get(timeout=1))

    def work(self) -> None:
        """Run jobs until this process is killed."""
        self._celery.worker_main(["worker", "--concurrency", "1", "--loglevel", "ERROR"])


connect = Connected

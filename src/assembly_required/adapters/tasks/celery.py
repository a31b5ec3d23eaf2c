"""``tasks = celery``: Celery, with RabbitMQ or Redis as its broker and workers on any machine.

*In Django* Celery is what most sites use. ``celery.py`` in the project calls ``app.config_from_object`` and
``autodiscover_tasks``, and ``@shared_task`` registers functions.

*Here* ``celery_init_app`` follows Flask's documentation: a task class that runs inside the app's context, and the
instance in ``app.extensions["celery"]``. Two lines differ. ``set_default`` and ``@shared_task`` apply to the whole
process, so each app has its own instance and its own tasks instead. ``acks_late`` acknowledges a message when its task
has ended, so the broker gives the tasks of a killed worker to another one: RabbitMQ at once, Redis up to ten seconds
after ``CELERY_REDELIVER_SECONDS``.

*What it costs*: 13 packages, a broker, and at least one worker, which ``flask tasks run`` starts. It uses threads,
because letters wait for the network and a database connection must not cross a fork. If the broker is away, a request
waits up to about three seconds before it goes on without the task. Blogs that share a broker need different values of
``CELERY_QUEUE``.

*Next*: :mod:`assembly_required.adapters.forms`.
"""

import sys
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

import click
from celery import Celery, Task
from flask import Flask
from kombu.exceptions import OperationalError

from ...stack.assembly import assembled
from ...stack.interfaces import Tasks
from ...stack.slots import ConfigError
from ..shared.workers import add_worker_command

CONNECT_SECONDS = 1
"""How long a connection to the broker may take."""

ANSWER_SECONDS = 2
"""How long the broker may take to answer. It must be longer than a worker's read from Redis waits: one second."""


def celery_init_app(app: Flask) -> Celery:
    """Create the Celery instance of an app.

    Source: https://flask.palletsprojects.com/en/stable/patterns/celery/
    """

    class FlaskTask(Task):
        def __call__(self, *args: Any, **kwargs: Any) -> object:
            with app.app_context():
                return self.run(*args, **kwargs)

    celery_app = Celery(app.name, task_cls=FlaskTask, set_as_current=False)
    celery_app.config_from_object(configure(app))
    app.extensions["celery"] = celery_app
    return celery_app


def configure(app: Flask) -> dict[str, Any]:
    """Return Celery's settings."""
    broker = app.config["CELERY_BROKER"]
    rabbitmq = {"confirm_publish": True, "read_timeout": ANSWER_SECONDS, "write_timeout": ANSWER_SECONDS}
    redis = {
        "global_keyprefix": f"{app.config['CELERY_QUEUE']}:",
        "visibility_timeout": app.config["CELERY_REDELIVER_SECONDS"],
        "unacked_restore_throttle": 1,  # look for tasks of killed workers every 10 seconds, not every 100
        "socket_connect_timeout": CONNECT_SECONDS,
        "socket_timeout": ANSWER_SECONDS,
    }
    return {
        "broker_url": broker,
        "broker_transport_options": redis if urlsplit(broker).scheme.startswith("redis") else rabbitmq,
        "broker_connection_timeout": CONNECT_SECONDS,
        "broker_connection_retry_on_startup": True,
        "task_publish_retry_policy": {"max_retries": 1, "interval_start": 0.1},
        "task_default_queue": app.config["CELERY_QUEUE"],
        "task_ignore_result": True,
        "task_acks_late": True,
        "worker_prefetch_multiplier": 1,
    }


class CeleryTask:
    """A registered task.

    :param task: Celery's task.
    """

    def __init__(self, task: Any) -> None:
        self._task = task

    def enqueue(self, **arguments: Any) -> None:
        try:
            self._task.delay(**arguments)
        except OperationalError as error:
            raise OSError(f"the broker is not available: {error}") from error


class CeleryTasks:
    """Tasks in a queue of Celery.

    :param wait: seconds before the second attempt.
    """

    def __init__(self, celery_app: Celery, wait: int) -> None:
        self._celery, self._wait = celery_app, wait

    def task(self, name: str, retries: int = 0) -> Callable[[Callable[..., None]], CeleryTask]:
        def register(function: Callable[..., None]) -> CeleryTask:
            @self._celery.task(
                name=name,
                bind=True,
                shared=False,  # otherwise every instance of the process gets it
                max_retries=retries,
                autoretry_for=(Exception,),
                retry_backoff=self._wait or 1,
                retry_backoff_max=self._wait * 2**retries,
                retry_jitter=False,
            )
            def run(task: Any, **arguments: Any) -> None:
                function(1 + task.request.retries, **arguments)

            return CeleryTask(run)

        return register

    def join(self, timeout: float) -> bool:
        return True


def run_worker(app: Flask, celery_app: Celery, threads: int) -> None:
    """Run a worker until it is stopped.

    :raises click.ClickException: the broker cannot be reached.
    """
    with celery_app.connection_for_read() as connection:
        try:
            connection.ensure_connection(max_retries=1, timeout=5)
        except OperationalError as error:
            raise click.ClickException(
                f"Cannot reach the broker {connection.as_uri()}: {error}.\n"
                f"Start it, or change CELERY_BROKER (from {assembled(app).settings.where('CELERY_BROKER')})."
            ) from None
    worker = celery_app.Worker(pool="threads", concurrency=threads, loglevel="INFO")
    worker.start()
    sys.exit(worker.exitcode)


def build(app: Flask) -> Tasks:
    """Create the Celery instance. It connects to the broker with the first call.

    :raises ConfigError: the broker is neither RabbitMQ nor Redis.
    """
    scheme = urlsplit(app.config["CELERY_BROKER"]).scheme
    if scheme not in ("amqp", "amqps", "redis", "rediss"):
        raise ConfigError(
            f"CELERY_BROKER has the scheme {scheme!r}, which is not supported: "
            "set it to something like 'amqp://user:password@localhost' or 'redis://localhost:6379/0'."
        )
    celery_app = celery_init_app(app)
    add_worker_command(app, lambda threads: run_worker(app, celery_app, threads))
    return CeleryTasks(celery_app, app.config["TASK_RETRY_SECONDS"])

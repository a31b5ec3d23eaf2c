"""``tasks = huey``: huey, with its queue in an SQLite file and a worker beside the server.

*In Django* the package has ``huey.contrib.djhuey``, with the settings in ``HUEY`` and the command ``run_huey``.

*Here* ``huey.task()`` registers a function, and calling the result puts the call into ``instance/tasks.sqlite3``.
``flask tasks run`` starts huey's consumer, with threads. huey's own command ``huey_consumer`` needs an instance at
module level; here each app has one, so that two apps share nothing.

*What it costs*: one package, and one more process on the same machine. huey removes a call from the queue before it
runs it, so a killed consumer would lose it; :mod:`~assembly_required.adapters.tasks.huey.storage` keeps it until it has
ended. Only one consumer may run at a time, because it takes over what a killed one has left. The consumer looks into
the file once a second. huey pickles its messages: who can write to the file can run code.

*Next*: :mod:`assembly_required.adapters.tasks.celery`.
"""

import logging
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from filelock import FileLock, Timeout
from flask import Flask

from ....stack.interfaces import Tasks
from ...shared.workers import add_worker_command
from .storage import KeepingHuey


class HueyTask:
    """A registered task.

    :param wrapper: huey's ``TaskWrapper``.
    """

    def __init__(self, wrapper: Any) -> None:
        self._wrapper = wrapper

    def enqueue(self, **arguments: Any) -> None:
        try:
            self._wrapper(**arguments)
        except sqlite3.Error as error:
            raise OSError(f"the queue cannot be written: {error}") from error


class HueyTasks:
    """Tasks in a queue of huey."""

    def __init__(self, app: Flask, huey: KeepingHuey) -> None:
        self._app, self._huey = app, huey

    def task(self, name: str, retries: int = 0) -> Callable[[Callable[..., None]], HueyTask]:
        wait = self._app.config["TASK_RETRY_SECONDS"]

        def register(function: Callable[..., None]) -> HueyTask:
            @self._huey.task(name=name, retries=retries, retry_delay=wait, retry_backoff=2, context=True)
            def run(task: Any, **arguments: Any) -> None:
                with self._app.app_context():
                    function(1 + retries - task.retries, **arguments)

            return HueyTask(run)

        return register

    def join(self, timeout: float) -> bool:
        return True


def run_consumer(huey: KeepingHuey, lock: Path, threads: int) -> None:
    """Run huey's consumer until it is stopped.

    :raises click.ClickException: another one runs.
    """
    logging.basicConfig(level=logging.INFO, format="[%(asctime)s] %(levelname)s %(name)s: %(message)s")
    try:
        with FileLock(lock, timeout=0):
            huey.storage.restore()
            consumer = huey.create_consumer(workers=threads, periodic=False, max_delay=1, graceful_signal="TERM")
            consumer.run()
    except Timeout:
        raise click.ClickException(
            f"Another worker runs already: it holds {lock}. huey takes one worker; to run more tasks at once, "
            "stop it and start one with more --threads."
        ) from None
    except sqlite3.Error as error:
        raise click.ClickException(f"Cannot use {huey.storage.filename}: {error}.") from None


def build(app: Flask) -> Tasks:
    """Create the instance of huey. Its file is created by the first call."""
    folder = Path(app.instance_path)
    huey = KeepingHuey(app.name, filename=str(folder / "tasks.sqlite3"), results=False, create_tables=False)
    add_worker_command(app, lambda threads: run_consumer(huey, folder / "tasks.lock", threads))
    return HueyTasks(app, huey)

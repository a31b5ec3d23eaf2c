"""``tasks = plain``: a thread in the server's process, with a bounded queue.

*In Django* ``ImmediateBackend`` runs a task inside the request, which then waits for it. There is no such thread.

*Here* the first call starts a thread, which ends when the queue is empty. So it is started after a server has forked
its workers, and each of them has its own. The queue holds ``TASK_QUEUE_SIZE`` calls.

*What it costs*: no package and no other process. The queue is in memory: a crash, ``kill -9`` or a power failure loses
all calls that wait, that run, or that wait for their next attempt. A normal end of the process tries each of them once
more, for at most ten seconds, and logs how many were lost. One call is run at a time, so a slow mail server delays the
other letters.

*Next*: :mod:`assembly_required.adapters.tasks.huey`.
"""

import atexit
import heapq
import json
import os
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count
from threading import Condition, Thread
from time import monotonic
from typing import Any

import click
from flask import Flask
from flask.cli import AppGroup

from ...stack.interfaces import Tasks

PAUSE = 0.05
"""Seconds between a call and its first attempt.

The response is sent meanwhile. Otherwise the thread would compete with the request, and the response time would show
how much work the task does.
"""

DRAIN_SECONDS = 10
"""How long the end of a process waits for its tasks."""


@dataclass
class PlainTask:
    """A registered task.

    :param wait: seconds before the second attempt; each further wait is twice as long.
    """

    name: str
    function: Callable[..., None]
    retries: int
    wait: int
    queue: "Queue"

    def enqueue(self, **arguments: Any) -> None:
        copied = json.loads(json.dumps(arguments))  # refuses what another option could not send
        self.queue.put(Call(monotonic() + PAUSE, next(self.queue.numbers), self, copied))


@dataclass(order=True)
class Call:
    """A call that waits in the queue: the one that is due first comes first."""

    due: float
    number: int
    task: PlainTask = field(compare=False)
    arguments: dict[str, Any] = field(compare=False)
    attempt: int = field(default=1, compare=False)


class Queue:
    """The calls of one app in one process, and the thread that runs them.

    :param app: the app in whose context they run.
    :param size: how many calls may wait.
    """

    def __init__(self, app: Flask, size: int) -> None:
        self._app, self._size = app, size
        self.numbers = count()
        self._reset()
        if hasattr(os, "register_at_fork"):
            reset = weakref.WeakMethod(self._reset)
            os.register_at_fork(after_in_child=lambda: (method := reset()) and method())

    def _reset(self) -> None:
        """Start with an empty queue; after a fork, the calls in it are run by the parent process."""
        self._changed = Condition()
        self._calls: list[Call] = []
        self._thread: Thread | None = None
        self._ending = False

    def put(self, call: Call) -> None:
        with self._changed:
            if len(self._calls) >= self._size:
                raise OSError(f"the queue is full: {self._size} tasks are waiting")
            heapq.heappush(self._calls, call)
            if self._thread is None:
                self._thread = Thread(target=self._run_calls, name="tasks", daemon=True)
                self._thread.start()
                atexit.register(self.drain)
            self._changed.notify_all()

    def join(self, timeout: float) -> bool:
        with self._changed:
            return self._changed.wait_for(lambda: self._thread is None, timeout)

    def drain(self) -> None:
        """Run what is left, without waits and without further retries."""
        self._ending = True
        with self._changed:
            self._changed.notify_all()
        if not self.join(DRAIN_SECONDS):
            lost = len(self._calls) + 1  # and the one that is running
            self._app.logger.error("The process ended before %d tasks were done. They are lost.", lost)

    def _run_calls(self) -> None:
        while call := self._next():
            self._run(call)

    def _next(self) -> Call | None:
        """Wait for the next call; without one, end the thread."""
        with self._changed:
            while self._calls and not self._ending and (wait := self._calls[0].due - monotonic()) > 0:
                self._changed.wait(wait)
            if self._calls:
                return heapq.heappop(self._calls)
            self._thread = None
            atexit.unregister(self.drain)
            self._changed.notify_all()
            return None

    def _run(self, call: Call) -> None:
        task = call.task
        try:
            with self._app.app_context():
                task.function(call.attempt, **call.arguments)
        except Exception:
            if call.attempt > task.retries or self._ending:
                self._app.logger.exception("Task %s failed %d times and is given up.", task.name, call.attempt)
                return
            call.due = monotonic() + task.wait * 2 ** (call.attempt - 1)
            call.attempt += 1
            with self._changed:
                heapq.heappush(self._calls, call)


class PlainTasks:
    """Tasks in a thread.

    :param wait: seconds before the second attempt.
    """

    def __init__(self, queue: Queue, wait: int) -> None:
        self._queue, self._wait = queue, wait

    def task(self, name: str, retries: int = 0) -> Callable[[Callable[..., None]], PlainTask]:
        return lambda function: PlainTask(name, function, retries, self._wait, self._queue)

    def join(self, timeout: float) -> bool:
        return self._queue.join(timeout)


def build(app: Flask) -> Tasks:
    """Create the queue; its thread is started by the first call."""
    app.cli.add_command(build_commands())
    return PlainTasks(Queue(app, app.config["TASK_QUEUE_SIZE"]), app.config["TASK_RETRY_SECONDS"])


def build_commands() -> AppGroup:
    """Return the group ``flask tasks``."""
    group = AppGroup("tasks", help="Run background tasks.")

    @group.command(with_appcontext=False)
    def run() -> None:
        """Run tasks until stopped. With tasks=plain there is nothing to run."""
        click.echo("With tasks=plain, each process of the server runs its own tasks. Nothing else needs to be started.")

    return group

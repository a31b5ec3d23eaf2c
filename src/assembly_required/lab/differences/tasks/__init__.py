"""Show what happens to a job that fails or loses its worker, with each library as its documentation shows it.

Sender and worker are processes of their own. Celery gets RabbitMQ, and is left out if that does not run here.
"""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from tempfile import TemporaryDirectory
from types import ModuleType
from typing import Any

from ....stack.settings import Settings
from ....stack.slots import SLOTS, Slot
from .. import Watch, entry
from ..table import Cell, Row, Table
from .jobs import DONE, FAILS, HANGS, LATER, STARTED, read_notes

Ask = Callable[[], Any]
"""A function that asks the library for the result of a job."""

STARTUP = 30
"""Seconds in which a worker has started and runs a job."""

GRACE = 3
"""Seconds after which a job that has not run is given up."""

ABOUT = (
    "Each library got the same jobs: one raises twice and would succeed the third time. During the other, its worker "
    "is killed, and another worker starts. Nothing is configured that the first page of the library's documentation "
    "does not show; a row with words in brackets uses what the library offers for this. In this application letters "
    "are tried again with every option, and huey and Celery keep them if a worker is killed."
)


def tables(settings: Settings, watch: Watch, slot: Slot = SLOTS["tasks"]) -> list[Table]:
    """Give every library its jobs."""
    rows, absent = [], {}
    for option in watch(slot.options):
        library = entry(slot, option)
        reason = library if isinstance(library, str) else find_missing_broker(library)
        if isinstance(library, str) or reason:
            absent[option.name] = reason
            continue
        rows.append(Row(option.name, observe(option.name)))
        if library.OFFERS:
            rows.append(Row(f"{option.name} ({library.OFFERS})", observe(option.name, asked=True)))
    return [Table("What happens to a job that fails", ABOUT, "option", rows, [], absent)]


def find_missing_broker(library: ModuleType) -> str:
    """Return the reason why a library cannot run here, or an empty text."""
    if not hasattr(library, "BROKER"):
        return ""
    host, port = library.BROKER
    try:
        socket.create_connection((host, port), timeout=GRACE).close()
    except OSError:
        return f"not run: RabbitMQ is not running at {host}:{port}"
    return ""


def observe(library: str, asked: bool = False) -> dict[str, Cell]:
    """Give a library all jobs, each in a queue of its own."""
    return {
        "raises twice": let_fail(library, asked),
        "worker killed": kill_worker(library, asked),
        "broker away": send_to_nobody(library),
    }


def let_fail(library: str, asked: bool) -> Cell:
    """Send a job that raises twice, and another one."""
    with connected(library, asked) as processes:
        processes.send(FAILS)
        processes.send(LATER)
        processes.wait_for(FAILS, STARTED)
        later = processes.wait_for(LATER, DONE, GRACE)
        succeeded = processes.wait_for(FAILS, DONE, GRACE)
        attempts = read_notes(FAILS, processes.folder).count(STARTED)
        answer = processes.ask()
    outcome = f"succeeds at attempt {attempts}" if succeeded else f"lost after attempt {attempts}"
    others = "the next job runs" if later else "no later job runs, because the thread has ended"
    return Cell(f"{outcome}; {others}; asked for the result: {answer}", raw={"attempts": attempts, "answer": answer})


def kill_worker(library: str, asked: bool) -> Cell:
    """Kill the worker in the middle of a job, and start another one."""
    with connected(library, asked) as processes:
        processes.send(HANGS)
        processes.wait_for(HANGS, STARTED)
        processes.kill_worker()
        processes.start()
        processes.send(LATER)
        processes.wait_for(LATER, DONE)
        again = processes.wait_for(HANGS, DONE, GRACE)
    return Cell("runs again" if again else "lost, and nobody is told", raw={"runs again": again})


def send_to_nobody(library: str) -> Cell:
    """Send a job while the broker, or the folder of the queue, is not there."""
    with connected(library, asked=False, away=True) as processes:
        sent = processes.send(LATER)
    if not sent["error"]:
        return Cell("there is none")
    return Cell(f"raises after {sent['seconds']:.1f} s: {sent['error']}", raw=sent)


@dataclass
class Processes:
    """The sender and the worker of a library. A library without workers runs its jobs in the sender."""

    library: str
    folder: str
    flags: tuple[str, str]
    has_worker: bool
    running: dict[str, subprocess.Popen[str]] = field(default_factory=dict)

    def start(self) -> None:
        """Start what does not run."""
        for does in ("send", "work") if self.has_worker else ("send",):
            if does not in self.running:
                command = [sys.executable, "-m", f"{__name__}.child", self.library, self.folder, does, *self.flags]
                self.running[does] = subprocess.Popen(  # noqa: S603 - all of it is ours
                    command,
                    stdin=subprocess.PIPE,
                    stdout=subprocess.PIPE,
                    stderr=subprocess.DEVNULL,
                    text=True,
                    start_new_session=True,
                )

    def send(self, job: str) -> dict[str, Any]:
        """Put a job into the queue, and return the error and the seconds that it took."""
        answer: dict[str, Any] = self._tell(job)
        return answer

    def ask(self) -> str:
        """Return what the library says about the first job."""
        return str(self._tell("ask"))

    def wait_for(self, job: str, word: str, seconds: float = STARTUP) -> bool:
        """Wait until a job has noted a word, and return whether it did."""
        end = time.monotonic() + seconds
        while word not in read_notes(job, self.folder):
            if time.monotonic() > end:
                return False
            time.sleep(0.05)
        return True

    def kill_worker(self) -> None:
        """Kill the process that runs jobs."""
        stop(self.running.pop("work" if self.has_worker else "send"))

    def _tell(self, line: str) -> Any:
        sender = self.running["send"]
        print(line, file=sender.stdin, flush=True)
        return json.loads(sender.stdout.readline()) if sender.stdout else None


@contextmanager
def connected(library: str, asked: bool, away: bool = False) -> Iterator[Processes]:
    """Start the processes of a library, with a queue of their own, and kill them in the end."""
    with TemporaryDirectory(prefix="assembly_required_") as folder:
        flags = ("asked" if asked else "", "away" if away else "")
        processes = Processes(library, folder, flags, has_worker=library != "plain" and not away)
        processes.start()
        try:
            yield processes
        finally:
            for process in processes.running.values():
                stop(process)


def stop(process: subprocess.Popen[str]) -> None:
    """Kill a process with its children, and close its pipes."""
    os.killpg(process.pid, signal.SIGKILL)
    with suppress(BrokenPipeError):
        process.communicate()

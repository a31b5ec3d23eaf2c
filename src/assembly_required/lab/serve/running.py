"""Run servers as groups of processes, so that nothing of them is left at the end."""

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryFile
from typing import IO

import psutil

from ..peers import answers
from .servers import ServeError

OTHERS = ("DATABASE_URL", "FLASK_", "GRANIAN_", "GUNICORN_", "UVICORN_", "WEB_CONCURRENCY")
"""How the names of variables begin that would change an application or a server."""

PATIENCE = 5
"""Seconds for a server to end by itself."""


@dataclass(frozen=True)
class Running:
    """A server that runs.

    :param name: what it serves and how, for error texts.
    :param url: its address.
    """

    name: str
    url: str
    process: "subprocess.Popen[bytes]"
    log: IO[str]

    def check(self) -> None:
        """Check that the server has not ended.

        :raises ServeError: it has.
        """
        if self.process.poll() is not None:
            raise self.explain(f"ended while it was measured, with status {self.process.returncode}")

    def explain(self, event: str) -> ServeError:
        """Return an error that shows the end of the log."""
        self.log.seek(0)
        tail = "".join(self.log.readlines()[-30:]).rstrip() or "(empty)"
        command = " ".join(map(str, self.process.args)) if isinstance(self.process.args, list) else ""
        return ServeError(f"{self.name} {event}. Its log ends with:\n{tail}\nTo see it alone, run: {command}")

    def measure_memory(self) -> float:
        """Return the memory of all its processes in MiB.

        On Linux, memory that processes share is divided among them (PSS). Elsewhere it is not counted (USS).
        """
        return self._sum(read_memory) / 2**20

    def measure_cpu(self) -> float:
        """Return the seconds of CPU time that all its processes have used."""
        return self._sum(lambda process: sum(process.cpu_times()[:2]))

    def _sum(self, read: Callable[[psutil.Process], float]) -> float:
        """Return the sum of a number over all its processes."""
        first = psutil.Process(self.process.pid)
        total = 0.0
        for process in [first, *first.children(recursive=True)]:
            with suppress(psutil.NoSuchProcess):
                total += read(process)
        return total


def read_memory(process: psutil.Process) -> float:
    """Return the memory of a process in bytes."""
    memory = process.memory_full_info()
    return float(getattr(memory, "pss", memory.uss))


@contextmanager
def run_server(
    name: str, arguments: Sequence[str], folder: Path, environment: Mapping[str, str], port: int
) -> Iterator[Running]:
    """Start a server and wait until it answers. Stop all its processes at the end.

    :param arguments: those of Python.
    :param environment: more environment variables.

    :raises ServeError: it does not start.
    """
    own = {key: value for key, value in os.environ.items() if not key.startswith(OTHERS)}
    with TemporaryFile("w+", encoding="utf-8", errors="replace") as log:
        process = subprocess.Popen(  # noqa: S603 - the commands are in this package
            [sys.executable, *arguments],
            cwd=folder,
            env={**own, **environment},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        running = Running(name, f"http://127.0.0.1:{port}", process, log)
        try:
            if not answers(running.url, process):
                raise running.explain("did not start")
            yield running
        finally:
            stop(process)


def stop(process: "subprocess.Popen[bytes]") -> None:
    """Stop the group of a process: ask it to end, and end what is left of it."""
    try:
        send(process, signal.SIGTERM)
        with suppress(subprocess.TimeoutExpired):
            process.wait(PATIENCE)
    finally:
        send(process, signal.SIGKILL)
        process.wait()


def send(process: "subprocess.Popen[bytes]", number: signal.Signals) -> None:
    """Send a signal to the group that a process leads, if anything is left of it."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, number)

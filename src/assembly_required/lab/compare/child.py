"""The program of a process that runs one candidate.

It is run as a file, with one JSON object as its argument: what to build. It answers each line of JSON on standard
input, ``[command, arguments]``, with a line of JSON. It writes one line before, when the app has answered its first
request. What the app prints goes to standard error. The process ends when standard input ends, so it never outlives its
parent.

For baselines and peers, the package is replaced by an empty one, so that they do not import the application. That is
also why this module and those it imports use only the standard library.
"""

import gc
import json
import os
import sys
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter_ns, process_time_ns
from types import ModuleType
from typing import Any

PACKAGE = "assembly_required"

UNTIMED = 2
"""Requests before each block: other candidates have used the processor's caches since the last one."""

Request = tuple[str, str, str | None, str]
"""Method, URL, token and body."""


def stub_package() -> None:
    """Register the package without running its ``__init__``."""
    spec = find_spec(PACKAGE)
    package = ModuleType(PACKAGE)
    package.__path__ = list(spec.submodule_search_locations or []) if spec else []
    sys.modules[PACKAGE] = package


class Candidate:
    """An app that was built from a task, and the commands of the parent.

    :param task: ``app`` (``module:attribute``), ``interface`` (``wsgi`` or ``asgi``), ``arguments`` for the attribute,
        or ``None`` if it is the app itself, and ``file``, the database of a baseline.
    """

    def __init__(self, task: dict[str, Any]) -> None:
        self._lab = import_module(f"{PACKAGE}.lab.compare.wsgi")
        module, _, attribute = task["app"].partition(":")
        found = getattr(import_module(module), attribute)
        file = {"database": Path(task["file"])} if task["file"] else {}
        app = found if task["arguments"] is None else found(**task["arguments"], **file)
        if task["interface"] == "asgi":
            self._running = import_module(f"{PACKAGE}.lab.compare.asgi").ASGI(app)
        else:
            self._running = self._lab.WSGI(app)

    def send(self, request: Request) -> tuple[str, str]:
        """Send a request, and return the status line and the body."""
        status, body = self._running.send([self._prepare(request)])
        return status, body.decode(errors="replace")

    def repeat(self, requests: list[Request], times: int) -> None:
        """Send several requests, again and again until ``times`` were sent."""
        prepared = [self._prepare(each) for each in requests]
        for number in range(times):
            self._running.send([prepared[number % len(prepared)]])

    def freeze(self) -> None:
        """Disable automatic garbage collection, and exclude existing objects from explicit collections."""
        gc.collect()
        gc.freeze()
        gc.disable()

    def time(self, request: Request, times: int, elapsed: bool = False) -> int:
        """Send a request ``times`` times. Return the CPU time of all threads of this process, in nanoseconds.

        :param elapsed: return the elapsed time instead.
        """
        read_clock = perf_counter_ns if elapsed else process_time_ns
        prepared = self._prepare(request)
        self._running.send([prepared] * UNTIMED)
        gc.collect()
        before = read_clock()
        self._running.send([prepared] * times)
        return read_clock() - before

    def read_memory(self) -> float | None:
        """Return the memory of this process in MiB, or ``None`` on systems without ``/proc``."""
        try:
            status = Path("/proc/self/status").read_text()
        except OSError:
            return None
        (line,) = (line for line in status.splitlines() if line.startswith("VmRSS:"))
        return int(line.split()[1]) / 1024

    def issue_token(self, module: str, secret_key: str, user: int) -> str:
        """Return the token of a baseline, which has no way to sign in."""
        common = import_module(f"{PACKAGE}.lab.compare.baselines").token
        return str(getattr(import_module(module), "token", common)(secret_key, user))

    def count_statements(self, request: Request) -> int:
        """Send a request twice, and count the SQL statements of the second: the first may also open a connection."""
        seen = import_module(f"{PACKAGE}.lab.compare.watching").SEEN
        counted = import_module(f"{PACKAGE}.lab.compare.statements").COUNTED
        self.send(request)
        seen.clear()
        self.send(request)
        return sum(statement.lstrip().upper().startswith(counted) for statement in seen)

    def sample(self, request: Request, seconds: float) -> dict[str, int]:
        """Send a request for some seconds of CPU time, and count where samples of the stack were."""
        prepared = [self._prepare(request)] * 10
        sampler = import_module(f"{PACKAGE}.lab.compare.sampling")
        found: dict[str, int] = sampler.sample(lambda: self._running.send(prepared), seconds)
        return found

    def _prepare(self, request: Request) -> Any:
        method, url, token, body = request
        return self._lab.Prepared(method, url, token, body.encode())


def main(task: dict[str, Any]) -> None:
    """Build the candidate, and answer commands until standard input ends."""
    if task["hollow"]:
        stub_package()
    if task["watched"]:
        import_module(f"{PACKAGE}.lab.compare.watching").watch()
    output = os.fdopen(os.dup(1), "w", buffering=1)
    os.dup2(2, 1)
    candidate = Candidate(task)
    candidate.send(("GET", "/api/tags", None, ""))
    output.write("null\n")
    for line in sys.stdin:
        command, arguments = json.loads(line)
        output.write(f"{json.dumps(getattr(candidate, command)(**arguments))}\n")
    sys.stderr.flush()
    os._exit(0)  # without waiting for threads of the app


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))

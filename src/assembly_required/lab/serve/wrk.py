"""Send requests with `wrk <https://github.com/wg/wrk>`__, as many as a server answers.

Each connection sends its next request when the last one is answered, so the server is always busy and the latency is
that of full load. wrk needs a part of the processor that the server cannot use.
"""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from .running import Running
from .servers import ServeError

SCRIPT = Path(__file__).with_name("report.lua")

TIMEOUT = 2
"""Seconds after which a response is late, and counts as an error."""


@dataclass(frozen=True)
class Load:
    """What one run of wrk measured.

    :param per_second: the requests that were answered in time, per second.
    :param p50: half of the requests took at most so many milliseconds; ``None`` if that is more than :data:`TIMEOUT`.
    :param p99: the same for 99 of 100.
    :param cpu_ms: the CPU time of the server for each request in milliseconds; ``None`` if none was answered in time.
    :param failed: failed connections, and statuses from 400.
    :param late: responses that took longer than :data:`TIMEOUT`, or did not come.
    """

    per_second: float
    p50: float | None
    p99: float | None
    cpu_ms: float | None
    failed: int
    late: int


def find_wrk() -> str:
    """Find the program.

    :raises ServeError: it is not installed.
    """
    path = shutil.which("wrk")
    if path is None:
        raise ServeError(
            "Servers are measured with the program wrk, which is not installed.\n"
            "On Debian and Ubuntu, run: sudo apt install wrk\nOn macOS, run: brew install wrk\n"
            "It does not exist for Windows: use the Windows Subsystem for Linux."
        )
    return path


def drive(server: Running, path: str, connections: int, seconds: int) -> Load:
    """Send requests for some seconds.

    :raises ServeError: wrk failed, or the server ended.
    """
    command = [find_wrk(), "-t1", f"-c{connections}", f"-d{seconds}s", f"--timeout={TIMEOUT}s", f"-s{SCRIPT}"]
    before = server.measure_cpu()
    done = subprocess.run(  # noqa: S603 - the command is written above
        [*command, server.url + path],
        env={**os.environ, "CONNECTIONS": str(connections)},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    server.check()
    if done.returncode:
        raise ServeError(f"wrk failed on {server.name}: {done.stderr.strip() or done.stdout.strip()}")
    return parse(done.stdout, server.measure_cpu() - before)


def parse(output: str, cpu: float) -> Load:
    """Read what the script printed last.

    :param cpu: the seconds of CPU time that the server used.

    >>> parse('...\\n{"requests": 300, "seconds": 2.0, "p50_ms": 1.5, "p99_ms": null, "failed": 0, "late": 4}', 0.6)
    Load(per_second=150.0, p50=1.5, p99=None, cpu_ms=2.0, failed=0, late=4)
    """
    found = json.loads(output.splitlines()[-1])
    requests = found["requests"]
    cpu_ms = cpu * 1_000 / requests if requests else None
    speed = requests / found["seconds"]
    return Load(speed, found["p50_ms"], found["p99_ms"], cpu_ms, found["failed"], found["late"])

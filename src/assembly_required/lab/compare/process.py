"""Measure start time and memory in a new process.

The start time is from starting Python to the first response, the best of several attempts, because other work on the
machine can only add to it. Memory is the resident size (``VmRSS``) after some requests.
"""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter
from typing import Any

from . import child
from .candidates import Running
from .endpoints import Endpoint


def alone(
    running: Running, endpoints: Sequence[Endpoint], database: Path, secret_key: str, starts: int, requests: int
) -> tuple[float, float | None]:
    """Return the milliseconds until the first response, and the memory in MiB after some requests that read.

    The memory is ``None`` on systems that do not report it.
    """
    task = {
        "module": running.candidate.module,
        "options": dict(running.candidate.options),
        "hollow": running.candidate.kind == "baseline",
        "database": str(database),
        "secret_key": secret_key,
        "requests": [(each.method, each.url, running.token) for each in endpoints if each.method == "GET"],
        "times": requests,
    }
    first, held = _run(task)
    return min([first, *(_run({**task, "times": 0})[0] for _ in range(starts - 1))]), held


def _run(task: dict[str, Any]) -> tuple[float, float | None]:
    """Run one process and return its start time in milliseconds and its memory in MiB.

    :raises subprocess.CalledProcessError: the process failed.
    """
    # -P: do not add the folder of the program to the import path.
    command = [sys.executable, "-P", child.__file__, json.dumps(task)]
    before = perf_counter()
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603 - our own file
        assert process.stdout  # noqa: S101 - for mypy: it is a pipe
        process.stdout.readline()
        milliseconds = (perf_counter() - before) * 1_000
        rest = process.stdout.read()
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    mebibytes: float | None = json.loads(rest)
    return milliseconds, mebibytes

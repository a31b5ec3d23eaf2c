"""What a process of one's own takes: time to start, and memory.

*In Django* ``django.setup()`` imports every installed app, which is most of what a management command waits for.

*Here* each candidate gets a fresh process, since in this one everything is imported already. The cold start is the time
from starting Python to the first answer, the best of a few attempts; memory is what the process holds (``VmRSS``) when
it has answered a while.

*What it costs*: real time, on a machine that does other things too; therefore the best attempt, not the middle one.

*Next*: :mod:`assembly_required.lab.compare.report`.
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
    """Milliseconds from nothing to the first answer, and MiB held after some requests, all that read in turn.

    Memory is ``None`` where the system does not say.
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
    """The milliseconds and the memory of one process.

    :raises subprocess.CalledProcessError: it failed.
    """
    # -P: the folder of the program is not to be looked through for modules.
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

"""Processes of the workbench end with the server, however it ends, and leave no temporary files."""

import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pytest

from assembly_required.workbench.processes import Process
from tests.conftest import ROOT

CHILD = "import os, tempfile, time; print(os.getpid(), tempfile.mkdtemp(), flush=True); time.sleep(600)"

SERVER = f"""
import os, sys, time
from pathlib import Path
from assembly_required.workbench.processes import Process
process = Process([sys.executable, "-c", {CHILD!r}], Path(), os.environ)
while not process.read_output():
    time.sleep(0.05)
print(process.read_output(), flush=True)
time.sleep(600)
"""


def is_gone(path: Path) -> bool:
    """Wait until a folder is removed."""
    deadline = time.monotonic() + 20
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    return not path.exists()


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT, signal.SIGKILL])
def test_a_process_ends_with_the_server(ending: signal.Signals) -> None:
    with subprocess.Popen([sys.executable, "-c", SERVER], cwd=ROOT, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        pid, folder = server.stdout.readline().split()
        assert is_running(int(pid))
        server.send_signal(ending)
    assert is_gone(Path(folder))
    assert not is_running(int(pid))


def test_a_process_is_stopped_with_its_temporary_files() -> None:
    process = Process([sys.executable, "-c", CHILD], ROOT, os.environ)
    while not process.read_output():
        time.sleep(0.05)
    pid, folder = process.read_output().split()
    assert Path(folder).is_relative_to(tempfile.gettempdir())
    process.stop()
    assert not is_running(int(pid))
    assert not Path(folder).exists()
    assert process.status


def test_the_end_of_what_it_wrote_can_be_read_while_it_writes() -> None:
    writing = "import sys\nfor n in range(2000): print(n, file=sys.stderr, flush=True)\nsys.exit(3)"
    process = Process([sys.executable, "-c", writing], ROOT, os.environ)
    while process.status is None:
        process.read_errors()
    assert process.status == 3
    lines = process.read_errors().split()
    assert lines[-500:] == [str(number) for number in range(1500, 2000)]

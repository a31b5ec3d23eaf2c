"""Servers are started, watched and stopped, with all their processes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

from assembly_required.lab.peers import find_free_port
from assembly_required.lab.serve.files import SPARE
from assembly_required.lab.serve.running import Running, run_server
from assembly_required.lab.serve.servers import ServeError

APP = """
def app(environ, start_response):
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"yes"]
"""
DEAF = """
import http.server, signal, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), http.server.SimpleHTTPRequestHandler).serve_forever()
"""


@pytest.fixture
def gunicorn(tmp_path: Path) -> Callable[[int], list[str]]:
    (tmp_path / "small.py").write_text(APP)
    return lambda port: ["-m", "gunicorn", "small:app", "--bind", f"127.0.0.1:{port}", "--workers", "2"]


def family(server: Running) -> list[psutil.Process]:
    """The server and its two workers, once both have started."""
    process = psutil.Process(server.process.pid)
    for _ in range(600):
        workers = process.children(recursive=True)
        if len(workers) == 2:
            return [process, *workers]
        time.sleep(0.05)
    raise AssertionError(workers)


def test_a_server_is_stopped_with_its_workers(tmp_path: Path, gunicorn: Callable[[int], list[str]]) -> None:
    port = find_free_port()
    with run_server("small", gunicorn(port), tmp_path, {}, port) as server:
        processes = family(server)
        assert server.measure_memory() > 10
        assert server.measure_cpu() > 0
    assert psutil.wait_procs(processes, timeout=5)[1] == []


def test_workers_of_a_server_that_was_killed_are_stopped_too(
    tmp_path: Path, gunicorn: Callable[[int], list[str]]
) -> None:
    port = find_free_port()
    with run_server("small", gunicorn(port), tmp_path, {}, port) as server:
        processes = family(server)
        server.process.kill()
        server.process.wait()
    assert psutil.wait_procs(processes, timeout=5)[1] == []


def test_a_server_that_ignores_the_request_to_end_is_killed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.lab.serve.running.PATIENCE", 0.2)
    port = find_free_port()
    with run_server("deaf", ["-c", DEAF, str(port)], tmp_path, {}, port) as server:
        process = server.process
    assert process.returncode == -signal.SIGKILL


def test_the_log_of_a_server_that_does_not_start_is_shown(tmp_path: Path) -> None:
    broken = ["-c", "raise RuntimeError('no such table')"]
    with (
        pytest.raises(ServeError, match=r"(?s)^broken did not start\..*RuntimeError: no such table\n.*run: .*python"),
        run_server("broken", broken, tmp_path, {}, find_free_port()),
    ):
        pass


def test_a_server_that_ends_is_noticed(tmp_path: Path) -> None:
    port = find_free_port()
    with run_server("small", ["-m", "http.server", str(port), "--bind", "127.0.0.1"], tmp_path, {}, port) as server:
        server.check()
        server.process.kill()
        server.process.wait()
        with pytest.raises(ServeError, match="small ended while it was measured"):
            server.check()


def test_the_variables_of_a_developer_reach_no_server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FLASK_STACK", "bare")
    monkeypatch.setenv("WEB_CONCURRENCY", "7")
    names = {"FLASK_STACK", "WEB_CONCURRENCY", "OWN"}
    show = f"import os; raise SystemExit(sorted({names} & os.environ.keys()))"
    with (
        pytest.raises(ServeError, match=r"\['OWN'\]"),
        run_server("small", ["-c", show], tmp_path, {"OWN": "1"}, find_free_port()),
    ):
        pass


@pytest.mark.parametrize(("limit", "works"), [(2 * 300 + SPARE, True), (2 * 300 + SPARE - 1, False)])
def test_the_limit_of_open_files(limit: int, works: bool) -> None:
    code = f"""
import resource
resource.setrlimit(resource.RLIMIT_NOFILE, (100, {limit}))
from assembly_required.lab.serve.files import allow_connections
allow_connections(300)
print(resource.getrlimit(resource.RLIMIT_NOFILE)[0])
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False, env=os.environ)
    if works:
        assert done.stdout == f"{limit}\n", done.stderr
    else:
        assert "300 connections need 800 open files in a process, but the system allows 799 here." in done.stderr
        assert "prlimit --pid $$ --nofile=800" in done.stderr

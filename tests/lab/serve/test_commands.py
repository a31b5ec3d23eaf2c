"""``flask compare --serve`` and ``--waiting`` as somebody types them. No test depends on how fast anything is."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from itertools import product
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import psutil
import pytest
from click.testing import CliRunner, Result
from flask.cli import ScriptInfo

from assembly_required.cli.compare import compare
from assembly_required.cli.compare.servers import DEFAULT, find_applications
from assembly_required.lab.compare.endpoints import Different
from assembly_required.lab.peers import PEERS, find_free_port
from assembly_required.lab.postgresql import NoServer, create_database
from assembly_required.lab.serve.answers import Answers
from assembly_required.lab.serve.rows import Effort
from assembly_required.lab.serve.running import run_server
from assembly_required.lab.serve.waiting import run as waiting_run
from assembly_required.lab.serve.waiting import upstream
from assembly_required.lab.serve.waiting.ways import WAYS, Way
from assembly_required.stack.settings import read_settings
from tests.conftest import ROOT, accept_interrupts

LISTS = """
import http.server, json, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"articles": [{"slug": "one", "title": sys.argv[2]}]}).encode())
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def run(*arguments: str) -> Result:
    info = ScriptInfo(app_import_path=str(ROOT / "wsgi.py"))
    return CliRunner().invoke(compare, ["--quick", *arguments], obj=info)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--serve", "peer=djano"], "'djano' is not a peer: choose one of django, fastapi, fastapi_async. Did you"),
        (["--serve", "clasic"], "'clasic' (from the command line) is not a named stack"),
        (["--serve", "--server", "granina"], "'granina' is not a server: choose one of gunicorn sync, "),
        (["--serve", "peer=fastapi", "--server", "granian"], "None of these applications runs on granian. Choose from"),
        (["--server", "granian"], "--server names a server for --serve. Add --serve, or leave out --server."),
        (["--waiting", "classic"], "--waiting compares frameworks and servers, not stacks. Leave out the stacks"),
    ],
    ids=["peer", "stack", "server", "server of others", "no serve", "waiting"],
)  # fmt: skip
def test_what_cannot_be_measured_is_said(arguments: list[str], message: str) -> None:
    result = run(*arguments)
    assert result.exit_code == 2, result.output
    assert message in result.stderr


@pytest.mark.parametrize("option", ["--serve", "--waiting"])
def test_a_missing_tool_is_named_with_the_command_that_installs_it(
    option: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    result = run(option)
    assert result.exit_code == 1
    assert "the program wrk, which is not installed.\nOn Debian and Ubuntu, run: sudo apt install wrk" in result.stderr


def test_what_is_measured_by_default_is_there() -> None:
    settings = read_settings({}, ROOT)
    assert [each.name for each in find_applications((), settings)] == list(DEFAULT)
    assert {f"peer={name}" for name in PEERS} <= set(DEFAULT)


def test_servers_that_answer_differently_are_not_compared(tmp_path: Path) -> None:
    answers = Answers()
    for title in ("a", "a"):
        port = find_free_port()
        with run_server(title, ["-c", LISTS, str(port), title], tmp_path, {}, port) as server:
            answers.check(server)
    port = find_free_port()
    with (
        run_server("other", ["-c", LISTS, str(port), "b"], tmp_path, {}, port) as server,
        pytest.raises(
            Different, match=r"'other' answers GET /api/articles otherwise than 'a': articles\[0\].title is 'b'"
        ),
    ):
        answers.check(server)


def test_a_database_is_dropped_although_it_is_in_use(
    postgresql: Callable[[], Any], pytestconfig: pytest.Config
) -> None:
    import psycopg

    server = pytestconfig.getoption("--postgresql")
    with create_database(server) as url, psycopg.connect(url) as connection:
        name = connection.info.dbname
    with psycopg.connect(server) as connection:
        assert connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchall() == []


def test_a_server_for_databases_that_cannot_be_reached_is_said_without_its_password() -> None:
    with (
        pytest.raises(NoServer, match=r"(?s)^(?!.*secret).*--postgresql postgresql://user"),
        create_database("postgresql://me:secret@127.0.0.1:1/x"),
    ):
        pass


@pytest.mark.full
def test_a_server_that_ends_does_not_end_the_measurement(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "flask_app.py").write_text("raise RuntimeError('no such table')")
    monkeypatch.setattr("assembly_required.lab.serve.waiting.run.FOLDER", broken)
    (own,), died = waiting_run.run(WAYS[:1], waiting_run.Effort(seconds=1, rounds=1), silent, connections=(1,))
    assert own["way"] == "the upstream alone"
    assert list(died) == ["Flask, gunicorn sync at 1 connections"]
    assert "RuntimeError: no such table" in died["Flask, gunicorn sync at 1 connections"]


@pytest.mark.full
def test_a_short_measurement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.lab.serve.rows.QUICK", Effort(seconds=2, rounds=1, workers=(1, 2)))
    servers = ["--server", "gunicorn gthread", "--server", "uvicorn"]
    result = run("--serve", "classic", "peer=fastapi", "peer=django", *servers, "--json")
    assert result.exit_code == 0, result.output
    whole = json.loads(result.stdout)
    assert whole["effort"] == {"seconds": 2, "rounds": 1, "workers": [1, 2]}
    assert list(whole["versions"]) == ["django", "fastapi", "flask", "gunicorn", "httptools", "uvicorn", "uvloop"]
    found = whole["serve"]
    rows = [(each["candidate"], each["server"], each["workers"], each["endpoint"]) for each in found]
    assert sorted(rows) == sorted(
        (name, server, workers, endpoint)
        for name, server in (
            ("classic", "gunicorn gthread"),
            ("peer=django", "gunicorn gthread"),
            ("peer=fastapi", "uvicorn"),
        )
        for workers in (1, 2)
        for endpoint in ("list", "article")
    )
    for each in found:
        assert each["errors"] == each["late"], each
        assert each["requests_per_second"] > 0
        assert 0 < each["p50_ms"] <= each["p99_ms"]
        assert each["cpu_ms"] > 0
        assert each["memory_mib"] > 20
        assert each["database"] == "sqlite"


@pytest.mark.full
@pytest.mark.parametrize("server", ["gunicorn gevent", "granian", "waitress"])
def test_other_servers_and_postgresql(
    server: str, postgresql: Callable[[], Any], pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assembly_required.lab.serve.rows.QUICK", Effort(seconds=2, rounds=1, workers=(1,)))
    url = pytestconfig.getoption("--postgresql")
    result = run("--serve", "classic", "orm=plain", "--server", server, "--postgresql", url, "--json")
    assert result.exit_code == 0, result.output
    found = json.loads(result.stdout)["serve"]
    rows = [(each["candidate"], each["database"], each["endpoint"]) for each in found]
    names = ("classic", "orm=plain"), ("sqlite", "postgresql"), ("list", "article")
    assert rows == list(product(*names))
    assert [each for each in found if each["errors"] > each["late"]] == []


@pytest.mark.full
@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.name)
def test_a_way_waits_for_the_upstream(way: Way, monkeypatch: pytest.MonkeyPatch) -> None:
    effort = waiting_run.Effort(seconds=3, rounds=1)
    monkeypatch.setattr(waiting_run, "CONNECTIONS", (1,))
    (own, relayed), died = waiting_run.run([way], effort, silent, connections=(1,))
    assert died == {}
    assert (own["way"], relayed["way"]) == ("the upstream alone", way.name)
    for each in (own, relayed):
        assert each["errors"] == each["late"], each
        assert each["p50_ms"] >= upstream.SECONDS * 1_000
        assert 0 < each["requests_per_second"] <= 1 / upstream.SECONDS


@pytest.mark.full
def test_the_table_of_waiting(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("assembly_required.lab.serve.waiting.ways.WAYS", WAYS[:1])
    monkeypatch.setattr("assembly_required.lab.serve.waiting.run.QUICK", waiting_run.Effort(seconds=3, rounds=1))
    result = run("--waiting")
    assert result.exit_code == 0, result.output
    assert "Each request waits 50 ms for another service." in result.stdout
    rows = [line.split("  ") for line in result.stdout.splitlines()]
    assert [row[1] for row in rows if row[0] == "Flask, gunicorn sync"]
    assert "over 2,000" in result.stdout
    assert "Flask, gunicorn sync: at most 20" in result.stdout


@pytest.mark.full
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_nothing_is_left_of_a_measurement_that_is_interrupted(number: signal.Signals) -> None:
    command = [sys.executable, "-m", "flask", "compare", "--serve", "--quick", "peer=fastapi"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    process = psutil.Popen(command, cwd=ROOT, env=os.environ, preexec_fn=accept_interrupts, **pipes)
    servers: list[psutil.Process] = []
    while not any("uvicorn" in read_command(each) for each in servers):
        assert process.poll() is None, process.stderr.read()
        time.sleep(0.05)
        servers = process.children(recursive=True)
    process.send_signal(number)
    out, err = process.communicate(timeout=60)
    assert process.returncode
    assert out == b""
    assert b"Traceback" not in err
    _, alive = psutil.wait_procs(servers, timeout=5)
    assert alive == []


def read_command(process: psutil.Process) -> list[str]:
    """The arguments of a process; none if it has ended."""
    with suppress(psutil.NoSuchProcess):
        return process.cmdline()
    return []


@contextmanager
def silent(label: str, length: int) -> Iterator[Any]:
    """A progress bar that shows nothing."""
    yield SimpleNamespace(update=lambda steps: None)

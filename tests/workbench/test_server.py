"""The development server with the workbench, as ``flask run --debug`` starts it."""

import os
import subprocess
import sys
import time
from http.client import HTTPConnection
from pathlib import Path
from typing import Any

import pytest

from assembly_required.lab.peers import find_free_port
from tests.conftest import ROOT
from tests.workbench.conftest import Mount
from tests.workbench.visitor import CSRF, Visitor, open_workbench

FLASK = [sys.executable, "-m", "flask"]


def call(port: int, method: str, path: str, cookie: str = "", body: str = "") -> tuple[int, str, str]:
    """Send a request. Return the status, the cookie and the text of the response."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    connection.request(method, path, body, {name: value for name, value in headers.items() if value})
    response = connection.getresponse()
    text = response.read().decode()
    connection.close()
    return response.status, (response.getheader("Set-Cookie") or cookie).partition(";")[0], text


def wait_for(port: int) -> None:
    for _ in range(600):
        try:
            call(port, "GET", "/api/tags")
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("The server does not answer.")


def test_a_stack_is_swapped_under_the_development_server_with_its_reloader(tmp_path: Path) -> None:
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path)}
    subprocess.run([*FLASK, "setup"], cwd=ROOT, env=environment, check=True, capture_output=True)
    port = find_free_port()
    command = [*FLASK, "run", "--debug", "--port", str(port)]
    with subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    ) as server:
        try:
            wait_for(port)
            _, cookie, page = call(port, "GET", "/workbench")
            token = CSRF.search(page)
            assert token
            status, cookie, _ = call(port, "POST", "/workbench/use", cookie, f"csrf_token={token[1]}&stack=bare")
            assert status == 302
            status, _, page = call(port, "GET", "/", cookie)
            assert status == 200
            assert "<strong>bare</strong>" in page
            assert "workbench-bar" not in call(port, "GET", "/")[2]
        finally:
            os.killpg(server.pid, 15)  # the server and the process of its reloader


def test_in_debug_mode_an_error_reaches_the_debugger(mount_app: Mount) -> None:
    app = mount_app(DEBUG=True)
    visitor = Visitor(app, stack="bare")
    switched = open_workbench(app).pool.get(visitor.chosen.choices)

    def fail(**_: Any) -> str:
        raise ZeroDivisionError

    switched.view_functions["site.home"] = fail
    with pytest.raises(ZeroDivisionError):
        visitor.get("/")


def test_without_debug_mode_an_error_is_a_page(mount_app: Mount) -> None:
    app = mount_app()
    visitor = Visitor(app, stack="bare")
    switched = open_workbench(app).pool.get(visitor.chosen.choices)

    def fail(**_: Any) -> str:
        raise ZeroDivisionError

    switched.view_functions["site.home"] = fail
    response = visitor.get("/")
    assert response.status_code == 500
    assert "workbench-bar" in response.text


def test_before_the_setup_the_app_says_what_to_type(tmp_path: Path) -> None:
    program = (
        "import wsgi; client = wsgi.app.test_client()\n"
        "here = {'SERVER_SOFTWARE': 'Werkzeug/3', 'REMOTE_ADDR': '127.0.0.1'}\n"
        "response = client.get('/workbench', environ_overrides=here)\n"
        "print(response.status_code, 'flask setup' in response.text)"
    )
    environment = {**os.environ, "FLASK_INSTANCE_PATH": str(tmp_path)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    assert done.stdout.split() == ["503", "True"], done.stdout

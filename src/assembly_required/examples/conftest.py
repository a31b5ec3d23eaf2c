"""Start an example in an empty folder, and send it requests.

A test with the argument ``example`` runs once for each ``*_app.py`` beside the test module. Examples that the module
names in ``missing`` need something that is not there: they are left out, and the summary says so.
"""

import json
import os
import re
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from dataclasses import dataclass
from html import unescape
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode

import pytest

collect_ignore_glob = ["*_app.py", "*/*_app.py", "*/*_app"]

START_SECONDS = 30

NOT_RUN = pytest.StashKey()


@dataclass
class Answer:
    """A response.

    :param headers: with names in lower case.
    """

    status: int
    headers: dict[str, str]
    text: str

    @property
    def json(self):
        return json.loads(self.text)

    def hidden(self):
        """Return the hidden fields of the page, such as a CSRF token."""
        fields = re.findall(r"<input[^>]*type=[\"']hidden[\"'][^>]*>", self.text)
        pairs = (re.search(r"name=[\"']([^\"']+)", field) for field in fields)
        values = (re.search(r"value=[\"']([^\"']*)", field) for field in fields)
        return {name[1]: unescape(value[1]) for name, value in zip(pairs, values, strict=True) if name and value}


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args):
        return None


class Browser:
    """Sends requests to an example. It keeps cookies, and does not follow redirects.

    :param url: the address of the example.
    :param name: the name of its file without ``_app.py``: ``flask_login``, ``plain``, ``django``.
    """

    def __init__(self, url, name):
        self.url, self.name, self.cookies = url, name, CookieJar()
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), NoRedirect)

    def new(self):
        """Return a browser without cookies."""
        return Browser(self.url, self.name)

    def get(self, path, **headers):
        return self.send("GET", path, headers=headers)

    def post(self, path, form=None, *, value=None, method="POST", **headers):
        """Send a form, or a JSON value. A list in ``form`` becomes several fields of one name."""
        if form is not None:
            headers = {"Content-Type": "application/x-www-form-urlencoded", "Origin": self.url, **headers}
            return self.send(method, path, urlencode(form, doseq=True).encode(), headers)
        body = value if isinstance(value, bytes) else b"" if value is None else json.dumps(value).encode()
        return self.send(method, path, body, {"Content-Type": "application/json", **headers})

    def send(self, method, path, body=None, headers=()):
        request = urllib.request.Request(self.url + path, body, dict(headers), method=method)
        try:
            response = self._opener.open(request, timeout=30)
        except HTTPError as error:
            response = error
        with response:
            names = {name.lower(): value for name, value in response.headers.items()}
            return Answer(response.status, names, response.read().decode(errors="replace"))


def pytest_generate_tests(metafunc):
    if "example" in metafunc.fixturenames:
        paths = sorted(Path(metafunc.module.__file__).parent.glob("*_app.py"))
        examples = {path.name.removesuffix("_app.py"): path for path in paths}
        for name, reason in getattr(metafunc.module, "missing", {}).items():
            if examples.pop(name, None):
                metafunc.config.stash[NOT_RUN][f"{paths[0].parent.name}/{name}"] = reason
        metafunc.parametrize("example", examples.values(), ids=examples.keys(), indirect=True, scope="module")


def pytest_configure(config):
    config.stash[NOT_RUN] = {}


def pytest_sessionfinish(session):
    if hasattr(session.config, "workeroutput"):  # a process of pytest-xdist
        session.config.workeroutput["examples not run"] = session.config.stash[NOT_RUN]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node, error):
    node.config.stash[NOT_RUN].update(getattr(node, "workeroutput", {}).get("examples not run", {}))


def pytest_terminal_summary(terminalreporter, config):
    if config.stash[NOT_RUN]:
        terminalreporter.section("examples that were not run", yellow=True)
        for name, reason in config.stash[NOT_RUN].items():
            terminalreporter.write_line(f"{name}: {reason}")


@pytest.fixture(scope="module")
def environment():
    """The environment variables of the example. A test module can override this fixture."""
    return {}


@pytest.fixture(scope="module")
def example(request, tmp_path_factory, environment):
    """A browser for an example that runs alone in an empty folder. A traceback in its log fails the test."""
    path = request.param
    folder = tmp_path_factory.mktemp(path.stem)
    shutil.copy(path, folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    log = folder / "log"
    with log.open("w") as output:
        server = subprocess.Popen(
            start_command(path.stem, port),
            cwd=folder,
            env={**os.environ, "PYTHONPATH": "", "SECRET_KEY": os.urandom(16).hex(), **environment},
            stdout=output,
            stderr=subprocess.STDOUT,
        )
        try:
            wait_for(port, server, log)
            yield Browser(f"http://127.0.0.1:{port}", path.name.removesuffix("_app.py"))
        finally:
            server.terminate()
            server.wait(timeout=10)
    assert "Traceback" not in log.read_text(), log.read_text()


def start_command(module, port):
    """Return the command that the example's docstring names."""
    if module == "django_app":
        return [sys.executable, "django_app.py", "runserver", "--noreload", f"127.0.0.1:{port}"]
    if module == "fastapi_app":
        return [sys.executable, "-m", "uvicorn", "fastapi_app:app", "--port", str(port)]
    return [sys.executable, "-m", "flask", "--app", module, "run", "--port", str(port)]


def wait_for(port, server, log):
    """Wait until the example accepts connections."""
    end = time.monotonic() + START_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    pytest.fail(f"the example did not start:\n{log.read_text()}")

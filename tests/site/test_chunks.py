"""A body in chunks, over a real connection: one that is too large is 413, a broken one 400, on the API and the site."""

import json
import os
import re
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from assembly_required.conduit.limits import REQUEST_BYTES
from assembly_required.lab.sandbox import ready_app
from tests.browser.server import served
from tests.conftest import ROOT

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module", params=["werkzeug", "gunicorn"])
def url(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The URL of a server."""
    serve = {"werkzeug": served, "gunicorn": gunicorn}[request.param]
    with serve(tmp_path_factory.mktemp("instance")) as url:
        yield url


@contextmanager
def gunicorn(folder: Path) -> Iterator[str]:
    ready_app(folder, ROOT)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}", "--threads", "4", "wsgi:app"],
            cwd=ROOT,
            env={**os.environ, "FLASK_INSTANCE_PATH": str(folder)},
            pass_fds=[listener.fileno()],
            stderr=subprocess.DEVNULL,
        )
        try:
            yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        finally:
            server.terminate()
            server.wait()


def send(url: str, path: str, kind: str, *chunks: bytes, headers: str = "") -> tuple[int, str]:
    """Send a POST as it stands, and return the status and the body of the answer."""
    place = urlsplit(url)
    head = f"POST {path} HTTP/1.1\r\nHost: {place.netloc}\r\nContent-Type: {kind}\r\nConnection: close\r\n"
    with socket.create_connection((place.hostname or "", place.port or 0), timeout=60) as connection:
        connection.sendall(f"{head}{headers}Transfer-Encoding: chunked\r\n\r\n".encode())
        for chunk in chunks:
            connection.sendall(chunk)
        connection.shutdown(socket.SHUT_WR)
        answer = b"".join(iter(lambda: connection.recv(65536), b"")).decode()
    return int(answer.split()[1]), answer.partition("\r\n\r\n")[2]


def chunked(body: bytes) -> list[bytes]:
    pieces = [body[start : start + 60_000] for start in range(0, len(body), 60_000)]
    return [*(b"%x\r\n%b\r\n" % (len(piece), piece) for piece in pieces), b"0\r\n\r\n"]


def login(password: str) -> bytes:
    return json.dumps({"user": {"email": "nobody@test.com", "password": password}}).encode()


def test_json(url: str) -> None:
    assert send(url, "/api/users/login", JSON, *chunked(login("x" * 70_000)))[0] == 422
    assert send(url, "/api/users/login", JSON, *chunked(login("password123")))[0] == 401
    padded = login("password123") + b" " * REQUEST_BYTES
    assert send(url, "/api/users/login", JSON, *chunked(padded[:REQUEST_BYTES]))[0] == 401
    for size in (REQUEST_BYTES + 1, 2 * REQUEST_BYTES):
        status, body = send(url, "/api/users/login", JSON, *chunked(login("x" * 9) + b" " * size))
        assert (status, json.loads(body)) == (413, {"errors": {"body": ["is too large"]}})
    assert send(url, "/api/users/login", "", *chunked(login("password123")))[0] == 415


def test_a_form(url: str) -> None:
    fields, cookie = form(url)
    whole = urlencode({**fields, "email": "nobody@test.com", "password": "password123"}).encode()
    assert send(url, "/login", FORM, *chunked(whole), headers=cookie)[0] == 401
    status, body = send(url, "/login", FORM, *chunked(whole + b"&x=" + b"x" * 2 * REQUEST_BYTES), headers=cookie)
    assert status == 413
    assert "Request too large" in body


@pytest.mark.parametrize("broken", [b"nonsense\r\n", b"5\r\nab", b"-1\r\nab\r\n0\r\n\r\n", b"2\r\nabcd\r\n0\r\n\r\n"])
def test_a_broken_chunk(url: str, broken: bytes) -> None:
    assert send(url, "/api/users/login", JSON, *chunked(login("password123"))[:1], broken)[0] == 400
    fields, cookie = form(url)
    whole = urlencode({**fields, "email": "nobody@test.com", "password": "password123"}).encode()
    assert send(url, "/login", FORM, *chunked(whole)[:1], broken, headers=cookie)[0] == 400


def form(url: str) -> tuple[dict[str, str], str]:
    """Return the hidden field of a form, and the header with the cookie."""
    with urlopen(f"{url}/login", timeout=60) as page:  # noqa: S310 - our own server
        found = re.search(r'name="(csrf\w*)" value="([^"]+)"', page.read().decode())
        cookie = page.headers["Set-Cookie"].partition(";")[0]
    assert found
    return {found[1]: found[2]}, f"Cookie: {cookie}\r\n"

"""Another process holds SQLite's lock, and all threads of a server are asked to write: others can still read."""

import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import Request, urlopen

import pytest
from flask import Flask

from assembly_required.contract.client import Client, in_process
from assembly_required.contract.databases import disconnect
from assembly_required.contract.people import People
from assembly_required.lab.sandbox import CHEAP
from tests.conftest import ROOT, MakeApp
from tests.slots.orm.reading import NOT_SAVED, Visitor

WRITERS = 4
SERVERS = {
    "gunicorn": ["gunicorn", "--worker-class", "gthread", "--threads", str(WRITERS), "wsgi:app", "--bind"],
    "development": ["flask", "run", "--debug", "--no-reload", "--port"],
}
PROMPT = 2
"""Seconds in which everybody is answered who does not wait for the lock. They give up after half a second."""

LONGEST = 7
"""Seconds in which the one is answered who waits for the lock."""


@contextmanager
def serve(server: str, app: Flask, orm: str) -> Iterator[str]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    settings = {f"FLASK_{key}": str(value) for key, value in CHEAP.items()}
    process = subprocess.Popen(
        [sys.executable, "-m", *SERVERS[server], f"127.0.0.1:{port}" if server == "gunicorn" else str(port)],
        cwd=ROOT,
        env={**os.environ, **settings, "FLASK_INSTANCE_PATH": app.instance_path, "FLASK_STACK_ORM": orm},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        wait_for(f"{url}/health")
        yield url
    finally:
        process.terminate()
        process.wait()


def wait_for(url: str) -> None:
    end = time.monotonic() + 30
    while True:
        try:
            return urlopen(url, timeout=30).close()  # noqa: S310 - our own server
        except OSError:
            assert time.monotonic() < end, url
            time.sleep(0.1)


@contextmanager
def locked(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute("BEGIN IMMEDIATE")
        yield


def write(url: str, visitor: Visitor, text: str) -> tuple[int, str, float]:
    """Publish an article. Return the status and the page, and the seconds that it took."""
    typed = {**visitor.form, "title": "My title", "description": "Mine", "body": text}
    request = Request(f"{url}/editor", urlencode(typed).encode(), {"Cookie": f"session={visitor.session}"})  # noqa: S310
    start = time.monotonic()
    try:
        with urlopen(request, timeout=60) as page:  # noqa: S310 - our own server
            status, body = page.status, page.read()
    except HTTPError as page:
        status, body = page.code, page.read()
    return status, body.decode(), time.monotonic() - start


def time_reads(url: str, visitor: Visitor, writers: list[Future[tuple[int, str, float]]]) -> list[float]:
    """Read pages until all writers have their answers, and return the seconds that each page took."""
    times = []
    for path in ("/", f"/article/{visitor.slug}", "/api/articles", "/editor") * 10_000:
        if all(writer.done() for writer in writers):
            break
        start = time.monotonic()
        with urlopen(Request(url + path, headers={"Cookie": f"session={visitor.session}"}), timeout=60) as page:  # noqa: S310
            page.read()
        times.append(time.monotonic() - start)
        time.sleep(0.02)
    return times


@pytest.mark.parametrize("server", SERVERS)
def test_writers_that_wait_do_not_keep_readers_waiting(server: str, orm: str, make_app: MakeApp) -> None:
    app = make_app(STACK_ORM=orm)
    visitor = Visitor.of(app, People(Client(in_process(app))))
    disconnect(app)
    with serve(server, app, orm) as url, ThreadPoolExecutor(WRITERS) as pool:
        for _ in range(WRITERS):
            time_reads(url, visitor, [pool.submit(time.sleep, 0.2)])
        with locked(Path(app.config["DATABASE"].location)):
            writers = [pool.submit(write, url, visitor, f"My words {number}") for number in range(WRITERS)]
            time.sleep(0.01)
            reads = time_reads(url, visitor, writers)
        answers = [writer.result() for writer in writers]
        for number, (status, page, _) in enumerate(answers):
            assert status == 503
            assert NOT_SAVED in page
            assert f"My words {number}</textarea>" in page
        *refused, waited = sorted(seconds for _, _, seconds in answers)
        assert waited < LONGEST
        assert max(refused) < PROMPT
        assert len(reads) > 20
        assert max(reads) < PROMPT
        status, page, _ = write(url, visitor, "My words again")
        assert "My words again" in page, status

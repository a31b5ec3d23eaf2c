"""Kill the process of a server in the middle of writes, again and again, and count the lost writes.

    python -m tests.kills 100
    python -m tests.kills 100 postgresql:///an_empty_database

It exits with 1 if an article or a comment that was acknowledged is not there at the end.
"""

import json
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

from assembly_required.lab.sandbox import CHEAP, ready_app
from tests.conftest import ROOT

WRITERS = 6


@dataclass
class Outcome:
    """What the writers were told.

    :param articles: the slugs of the acknowledged articles.
    :param comments: the slug and the id of each acknowledged comment.
    :param failed: the number of requests without an answer, or with a 503.
    """

    articles: list[str] = field(default_factory=list)
    comments: list[tuple[str, int]] = field(default_factory=list)
    failed: int = 0
    wrong: list[int] = field(default_factory=list)


@contextmanager
def serve(folder: Path, database: dict[str, str]) -> Iterator[tuple[int, int]]:
    """Start gunicorn with one process that serves; its parent starts another one when it is killed.

    :return: the port, and the id of the parent.
    """
    with socket.create_server(("127.0.0.1", 0)) as listener:
        settings = {f"FLASK_{key}": str(value) for key, value in {**CHEAP, **database}.items()}
        server = subprocess.Popen(
            [sys.executable, "-m", "gunicorn", "--bind", f"fd://{listener.fileno()}", "--preload", "--threads", "8",
             "wsgi:app"],
            cwd=ROOT, env={**os.environ, **settings, "FLASK_INSTANCE_PATH": str(folder)},
            pass_fds=[listener.fileno()], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        try:
            yield listener.getsockname()[1], server.pid
        finally:
            server.terminate()
            server.wait()


def send(port: int, method: str, path: str, body: Any = None, token: str = "") -> tuple[int, Any]:
    """Send a request to the API on a connection of its own.

    :raises OSError: the server was killed meanwhile; so does HTTPException.
    """
    connection = HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Token {token}"} if token else {})
    try:
        connection.request(method, f"/api{path}", json.dumps(body) if body else None, headers)
        answer = connection.getresponse()
        return answer.status, json.loads(answer.read())
    finally:
        connection.close()


def write(port: int, token: str, outcome: Outcome, over: threading.Event) -> None:
    """Publish articles and comment on them until it is over."""
    slug = ""
    while not over.is_set():
        article = {
            "article": {"title": "A title", "description": "About", "body": "Text " * 500, "tagList": ["a", "b"]}
        }
        path, new = (f"/articles/{slug}/comments", {"comment": {"body": "Yes"}}) if slug else ("/articles", article)
        try:
            status, answer = send(port, "POST", path, new, token)
        except (OSError, HTTPException, ValueError):
            outcome.failed += 1
            continue
        if status == 503:
            outcome.failed += 1
        elif status != 201:
            outcome.wrong.append(status)
        elif slug:
            outcome.comments.append((slug, answer["comment"]["id"]))
            slug = ""
        else:
            slug = answer["article"]["slug"]
            outcome.articles.append(slug)


def kill(parent: int) -> None:
    """Kill the process that serves, without a chance to finish anything."""
    children = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    for child in children:
        os.kill(int(child), signal.SIGKILL)


def run(kills: int, folder: Path, **database: str) -> tuple[Outcome, list[object]]:
    """Return what was acknowledged, and what of it is not there."""
    ready_app(folder, ROOT, **database)
    outcome, over = Outcome(), threading.Event()
    with serve(folder, database) as (port, parent):
        user = {"username": "writer", "email": "writer@test.com", "password": "password123"}
        token = send(port, "POST", "/users", {"user": user})[1]["user"]["token"]
        writers = [threading.Thread(target=write, args=(port, token, outcome, over)) for _ in range(WRITERS)]
        for writer in writers:
            writer.start()
        for _ in range(kills):
            before = len(outcome.articles)
            while len(outcome.articles) == before:
                time.sleep(0.005)
            time.sleep(random.uniform(0, 0.1))  # noqa: S311 - no secret
            kill(parent)
        over.set()
        for writer in writers:
            writer.join()
        return outcome, find_lost(port, outcome)


def find_lost(port: int, outcome: Outcome) -> list[object]:
    articles = [slug for slug in outcome.articles if send(port, "GET", f"/articles/{slug}")[0] != 200]
    comments = [
        (slug, id)
        for slug, id in outcome.comments
        if id not in [each["id"] for each in send(port, "GET", f"/articles/{slug}/comments")[1].get("comments", [])]
    ]
    return [*articles, *comments]


def main() -> None:
    database = {"DATABASE_URL": sys.argv[2]} if len(sys.argv) > 2 else {}
    with tempfile.TemporaryDirectory() as folder:
        outcome, lost = run(int(sys.argv[1]), Path(folder), **database)
    print(
        f"{sys.argv[1]} kills: {len(outcome.articles):,} articles and {len(outcome.comments):,} comments acknowledged, "
        f"{outcome.failed:,} requests failed, wrong statuses {outcome.wrong}, lost: {lost}"
    )
    sys.exit(bool(lost or outcome.wrong))


if __name__ == "__main__":
    main()

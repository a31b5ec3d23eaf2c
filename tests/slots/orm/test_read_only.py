"""An SQLite database that cannot be written: it is full, locked by another process, or on a read-only disk."""

import json
import os
import shlex
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from flask import Flask

from assembly_required.adapters.shared.sqlite import PRAGMAS
from assembly_required.contract.client import Client, in_process
from assembly_required.contract.databases import disconnect
from assembly_required.contract.people import People
from assembly_required.stack.slots import SLOTS
from tests.conftest import ROOT, MakeApp
from tests.slots.orm.reading import Visitor, expect_reading_only

PAGES = 200
"""The size of a full database, in pages of 4 KiB."""


def test_a_full_disk(orm: str, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PRAGMAS, "max_page_count", PAGES)
    app = make_app(STACK_ORM=orm)
    visitor = Visitor.of(app, People(Client(in_process(app))))
    for size in (100_000, 1_000):
        while publish(app, visitor, "B" * size) == 201:
            pass
    expect_reading_only(app, visitor)


def test_a_lock_that_another_process_holds(orm: str, make_app: MakeApp, monkeypatch: pytest.MonkeyPatch) -> None:
    assert PRAGMAS["busy_timeout"] <= 5_000
    monkeypatch.setitem(PRAGMAS, "busy_timeout", 50)
    app = make_app(STACK_ORM=orm)
    visitor = Visitor.of(app, People(Client(in_process(app))))
    with closing(sqlite3.connect(app.config["DATABASE"].location, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        expect_reading_only(app, visitor)
    assert publish(app, visitor, "B") == 201


def publish(app: Flask, visitor: Visitor, body: str) -> int:
    article = {"article": {"title": "T", "description": "D", "body": body}}
    headers = {"Authorization": f"Token {visitor.token}"}
    return app.test_client().post("/api/articles", json=article, headers=headers).status_code


@pytest.mark.full
@pytest.mark.parametrize("what", ["", "conduit.sqlite3"], ids=["folder", "file"])
def test_a_read_only_disk(what: str, make_app: MakeApp, tmp_path: Path) -> None:
    """The server starts after the folder, or the file alone, became read-only."""
    app = make_app(tmp_path / "instance")
    visitor = Visitor.of(app, People(Client(in_process(app))))
    disconnect(app)
    instances = {orm: str(shutil.copytree(tmp_path / "instance", tmp_path / orm)) for orm in SLOTS["orm"].names}
    command = [sys.executable, "-m", "tests.slots.orm.reading"]
    given = json.dumps({"visitor": asdict(visitor), "instances": instances})
    checked = subprocess.run(
        read_only([Path(folder) / what for folder in instances.values()], command),
        cwd=ROOT, input=given, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
    assert checked.stdout.splitlines()[-1] == "all"


def read_only(paths: list[Path], command: list[str]) -> list[str]:
    """Return a command that runs another one where these paths cannot be written.

    For root, who may write everything, they are mounted read-only, in a namespace of mounts that ends with the command.
    """
    if os.geteuid():
        for path in paths:
            path.chmod(0o555)
        return command
    mounts = [f"mount --bind {path} {path} && mount -o remount,ro,bind {path}" for path in paths]
    return ["unshare", "--mount", "sh", "-ec", "\n".join([*mounts, f"exec {shlex.join(command)}"])]

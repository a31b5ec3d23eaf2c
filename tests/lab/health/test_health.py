"""The table of packages: complete, readable, and gathered as PyPI answers."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from assembly_required.lab.health import TABLE, Health, Table, find_users, list_packages, read_table
from assembly_required.lab.health.pypi import Unreachable, gather, read_answer, write_table
from assembly_required.lab.peers import PEERS
from assembly_required.stack.slots import SLOTS
from tests.wiring.shell import Shell

TODAY = date(2026, 11, 27)


def file(day: str) -> dict[str, str]:
    return {"upload_time_iso_8601": f"{day}T10:00:00.000000Z"}


def answer(**info: Any) -> dict[str, Any]:
    return {
        "info": {"version": "2.0", "requires_python": ">=3.10", "requires_dist": None, "classifiers": [], **info},
        "urls": [file("2026-01-03"), file("2026-01-02")],
        "releases": {
            "2.0": [file("2026-01-02")],
            "2.0b1": [file("2025-12-01")],
            "1.9": [file("2025-01-01")],
            "1.0": [file("2020-01-01")],
            "0.9": [],
        },
        "vulnerabilities": [{"id": "PYSEC-1", "withdrawn": None}, {"id": "PYSEC-2", "withdrawn": "2026-01-01"}],
    }


@contextmanager
def index(answers: dict[str, Any]) -> Iterator[str]:
    """A server that answers as PyPI does."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found = answers.get(self.path.split("/")[1])
            self.send_response(404 if found is None else 200)
            self.end_headers()
            self.wfile.write(json.dumps(found).encode())

        def log_message(self, *arguments: Any) -> None:
            """Print nothing."""

    with HTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_every_package_of_an_option_and_of_a_peer_has_a_row_and_no_other_has() -> None:
    named = {
        package
        for extra in [
            *(option.extra for slot in SLOTS.values() for option in slot.options),
            *(peer.extra for peer in PEERS.values()),
        ]
        for package in list_packages(extra)
    }
    assert set(read_table().packages) == {*named, "flask"} == set(find_users())


@pytest.mark.parametrize("slot", SLOTS.values(), ids=lambda slot: slot.name)
def test_an_option_that_needs_modules_names_packages(slot: Any) -> None:
    for option in slot.options:
        assert bool(list_packages(option.extra)) == bool(option.modules), option.name


def test_no_release_is_newer_than_the_table() -> None:
    table = read_table()
    assert all(row.released <= table.gathered for row in table.packages.values())


def test_notes_are_sentences() -> None:
    assert all(row.note == "" or row.note.endswith(".") for row in read_table().packages.values())


def test_what_is_read_from_an_answer() -> None:
    row = read_answer(answer(requires_dist=["Flask>=2.2", "flask-wtf; extra == 'wtf'"]), TODAY)
    assert row == Health("2.0", date(2026, 1, 2), 2, ">=3.10", "", ("PYSEC-1",), ">=2.2")


def test_a_table_is_gathered_and_keeps_its_notes(tmp_path: Path) -> None:
    before = Table(date(2026, 1, 1), {"one": replace(read_answer(answer(version="1.9"), TODAY), note="A note.")})
    with index({"one": answer(), "two": answer(requires_python=None)}) as url:
        after = gather(["one", "two"], before, TODAY, url)
    assert (after.packages["one"].version, after.packages["one"].note) == ("2.0", "A note.")
    assert (after.packages["two"].requires_python, after.packages["two"].note) == ("", "")
    write_table(after, tmp_path / "table.toml")
    assert read_table(tmp_path / "table.toml") == after
    assert [path.name for path in tmp_path.iterdir()] == ["table.toml"]


def test_a_package_that_is_not_there() -> None:
    with (
        index({}) as url,
        pytest.raises(Unreachable, match="/nothing/json gave no answer that can be used: HTTP Error 404"),
    ):
        gather(["nothing"], read_table(), TODAY, url)


def test_an_update_without_a_network_changes_nothing(tmp_path: Path) -> None:
    before = TABLE.read_bytes()
    result = Shell(tmp_path, apart=True)("stack", "health", "--update", https_proxy="http://127.0.0.1:1")
    assert result.returncode == 1
    assert "gave no answer that can be used" in result.stderr
    assert "The table is as before. Try again later: flask stack health --update" in result.stderr
    assert TABLE.read_bytes() == before


def test_the_command_prints_what_is_asked_for(tmp_path: Path) -> None:
    shell = Shell(tmp_path)
    printed = shell.ok("stack", "health", "login=flask_login", "django")
    assert [line.split()[0] for line in printed.splitlines()[:3]] == ["package", "django", "flask-login"]
    assert f"Gathered from PyPI on {read_table().gathered}." in printed
    values = json.loads(shell.ok("stack", "health", "--json"))
    assert values["packages"].keys() == read_table().packages.keys()
    assert values["packages"]["flask-login"]["needed_by"] == ["login=flask_login"]


def test_the_command_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    result = Shell(tmp_path)("stack", "health", "flask_login")
    assert result.returncode == 2
    assert "'flask_login' is not in the table" in result.stderr
    assert "Did you mean flask-login?" in result.stderr


def test_options_show_the_release_of_their_packages(tmp_path: Path) -> None:
    row = read_table().packages["flask-login"]
    assert f"flask-login {row.version} ({row.released:%Y-%m}, " in Shell(tmp_path).ok("stack", "options", "login")

"""The tables of servers, ways and applications fit together, and so do the sentences and the numbers."""

from pathlib import Path
from typing import Any

import pytest

from assembly_required.lab.peers import PEERS
from assembly_required.lab.serve import waiting
from assembly_required.lab.serve.applications import OWN, PeerApplication
from assembly_required.lab.serve.findings import find_serve
from assembly_required.lab.serve.report import summarize
from assembly_required.lab.serve.servers import DJANGO, FASTAPI, FLASK, SERVERS
from assembly_required.lab.serve.waiting.findings import find_waiting
from assembly_required.lab.serve.waiting.ways import WAYS
from assembly_required.lab.serve.wrk import Load


def test_every_server_is_used() -> None:
    assert {*FLASK, *DJANGO, *FASTAPI} == set(SERVERS)


def test_every_peer_can_be_served() -> None:
    for peer in PEERS.values():
        application = PeerApplication(peer)
        assert set(application.servers) <= set(SERVERS)
        module, _, name = application.target.partition(":")
        assert f"\n{name} = " in (application.folder / f"{module.replace('.', '/')}.py").read_text()
    assert OWN.keys() <= PEERS.keys()


def test_every_waiting_app_is_used() -> None:
    apps = {path.stem for path in Path(waiting.__file__).parent.glob("*_app.py")}
    assert {way.module for way in WAYS} == apps


def test_one_round_without_an_answer_in_time_is_not_hidden() -> None:
    rounds = [Load(10, 5.0, None, 2.0, 1, 2), Load(30, None, None, None, 0, 4), Load(20, 6.0, 9.0, 1.0, 0, 0)]
    assert summarize(rounds) == {
        "requests_per_second": 20,
        "low": 10,
        "high": 30,
        "p50_ms": 6.0,
        "p99_ms": None,
        "cpu_ms": 2.0,
        "errors": 7,
        "late": 6,
    }


def result(
    candidate: str, server: str, speed: float, workers: int = 1, spread: float = 1, **more: Any
) -> dict[str, Any]:
    return {
        "candidate": candidate,
        "server": server,
        "workers": workers,
        "database": "sqlite",
        "endpoint": "list",
        "requests_per_second": speed,
        "low": speed - spread,
        "high": speed + spread,
        "memory_mib": 50.0 * workers,
        **more,
    }


def test_what_follows_from_the_numbers_of_servers() -> None:
    results = [
        result("classic", "waitress", 100),
        result("classic", "granian", 150),
        result("classic", "granian", 270, workers=2),
        result("peer=django", "gunicorn sync", 75),
        result("peer=django", "gunicorn gthread", 74),
        result("peer=django", "gunicorn gthread", 9_000, endpoint="article"),
    ]
    assert [(each["rule"], each["sentence"]) for each in find_serve(results)] == [
        (
            "the fastest server",
            "classic with one worker on sqlite: granian answers 150 lists per second, 1.5 times as many as waitress.",
        ),
        (
            "the fastest server",
            "peer=django with one worker on sqlite: gunicorn sync answers 75 lists per second, "
            "as many as gunicorn gthread, as far as this can be measured.",
        ),
        (
            "the fastest application",
            "Each on its fastest server with one worker on sqlite: classic answers 2.0 times as many as peer=django.",
        ),
        (
            "more workers",
            "2 workers of granian with classic on sqlite: 1.8 times as many as one worker, with 2.0 times the memory.",
        ),
    ]


def way(name: str, connections: int, speed: float, at_once: int | None = None, errors: int = 0) -> dict[str, Any]:
    return {
        "way": name,
        "connections": connections,
        "at_once": at_once,
        "requests_per_second": speed,
        "low": speed,
        "high": speed,
        "errors": errors,
    }


def test_what_follows_from_the_numbers_of_waiting() -> None:
    results = [
        way("the upstream alone", 16, 300),
        way("Flask, gunicorn sync", 16, 19, at_once=1),
        way("FastAPI, async def, httpx", 16, 290),
        way("FastAPI, async def, aiohttp", 16, 280),
        way("the upstream alone", 256, 5_000),
        way("Flask, gunicorn sync", 256, 18, at_once=1, errors=250),
        way("FastAPI, async def, httpx", 256, 500),
        way("FastAPI, async def, aiohttp", 256, 2_000),
    ]
    assert {each["rule"]: each["sentence"] for each in find_waiting(results) if each["rule"] != "the fastest way"} == {
        "threads limit it": "A server with n threads answers at most n requests in 50 ms. "
        "Per second, that is: Flask, gunicorn sync: at most 20 (18 measured).",
        "the client matters": "The same FastAPI app answers 4.0 times as many requests at 256 connections with aiohttp "
        "as with httpx.",
        "too late": "At 256 connections, requests failed or took longer than 2 s with: Flask, gunicorn sync (250).",
    }
    assert [each["sentence"] for each in find_waiting(results) if each["rule"] == "the fastest way"] == [
        "At 16 connections, the most is 290 requests per second (FastAPI, async def, httpx); "
        "the most with Flask is 19 requests per second (Flask, gunicorn sync), 7% of that.",
        "At 256 connections, the most is 2,000 requests per second (FastAPI, async def, aiohttp); "
        "the most with Flask is 18 requests per second (Flask, gunicorn sync), 1% of that.",
    ]


@pytest.mark.parametrize("server", SERVERS.values(), ids=list(SERVERS))
def test_a_server_without_a_choice_of_processes_is_not_asked_for_more(server: Any) -> None:
    assert ("{workers}" in server.command) == server.processes

"""A small result, as ``flask compare --save`` keeps it."""

from typing import Any

import pytest

from assembly_required.lab.health import read_table
from assembly_required.lab.report import render

Result = dict[str, Any]


def timing(ratio: float, spread: float = 0.02) -> dict[str, Any]:
    return {
        "microseconds": 1_000 * ratio,
        "ratio": ratio,
        "low": ratio - spread,
        "high": ratio + spread,
        "statements": 4,
    }


def candidate(name: str, kind: str, ratio: float | None, **more: Any) -> dict[str, Any]:
    timed = {} if ratio is None else {"list": timing(ratio), "user": timing(ratio)}
    return {
        "name": name, "kind": kind, "tuned": False, "choice": None, "requests": None, "endpoints": timed,
        "cold_start_ms": 400.0, "memory_mib": 50.0, "packages": 20, "megabytes": 30.5, "lines": 900, "shares": None,
        **more,
    }  # fmt: skip


def served(candidate: str, workers: int, p99: float | None) -> dict[str, Any]:
    return {
        "candidate": candidate, "server": "gunicorn gthread", "workers": workers, "threads": 8, "database": "sqlite",
        "endpoint": "list", "requests_per_second": 321.0, "low": 310.0, "high": 330.0, "p50_ms": 20.0, "p99_ms": p99,
        "memory_mib": 80.0, "errors": 0,
    }  # fmt: skip


def waited(way: str, connections: int, errors: int) -> dict[str, Any]:
    return {
        "way": way, "connections": connections, "requests_per_second": 19.0, "p50_ms": 52.0, "p99_ms": 60.0,
        "memory_mib": 40.0, "errors": errors,
    }  # fmt: skip


def build_result() -> Result:
    shares = {"sql": 0.25, "orm": 0.45, "serialization": 0.05, "framework": 0.15, "ours": 0.1}
    counts = {"passed": 20, "failed": 0, "skipped": 0}
    return {
        "measured": "2026-11-27T03:00:00+00:00",
        "command": "flask compare --save",
        "machine": {
            "processor": "A processor", "cores": 2, "memory_gib": 16.0, "system": "Linux 6", "python": "3.11.7",
            "sqlite": "3.40.1", "postgresql": None,
        },
        "versions": {"flask": "3.1.2", "nothing-of-this-name": "1.0"},
        "data": {"users": 200, "articles": 1_000, "database": "sqlite"},
        "effort": {"rounds": 12, "requests_per_block": 4},
        "reference": "classic",
        "endpoints": {
            "list": {"method": "GET", "url": "/api/articles"},
            "user": {"method": "GET", "url": "/api/user"},
        },
        "candidates": [
            candidate("classic", "stack", 1.0, shares=shares),
            candidate("classic again", "control", 1.01, cold_start_ms=None, memory_mib=None),
            candidate("typed", "stack", 0.98, shares=shares),
            candidate("fast", "stack", 0.3, tuned=True),
            candidate("orm=peewee", "choice", 0.8),
            candidate("mail=plain", "choice", None),
            candidate("peer=django", "peer", 1.6),
            candidate("bare by hand", "baseline", 0.12, packages=None, megabytes=None, lines=None),
        ],
        "findings": [{"rule": "A rule", "sentence": "<b>A sentence</b> that follows.", "candidates": ["classic"]}],
        "not_measured": {"light": "It is not installed."},
        "serve": [served("classic", 1, 90.0), served("classic", 2, None), served("peer=django", 1, 90.0)],
        "waiting": [waited("Flask, gunicorn sync", 16, 0), waited("Flask, gunicorn sync", 256, 7)],
        "contract": {
            "classic": {**counts, "modules": {"test_tags": counts}},
            "peer=django": {**counts, "failed": 3, "modules": {"test_tags": {**counts, "failed": 3}}},
        },
        "options": {"orm": {"peewee": {"lines": 431, "packages": ["peewee"], "megabytes": 0.6}}},
        "peer_lines": {"django": {"orm": 260}},
    }  # fmt: skip


@pytest.fixture
def result() -> Result:
    """A result with candidates of every kind."""
    return build_result()


@pytest.fixture(scope="session")
def page() -> str:
    """The report of that result."""
    return render(build_result(), read_table())

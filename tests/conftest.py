"""Fixtures for the tests of this application itself; those of the contract come from its plugin."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from assembly_required.contract.databases import disconnect
from assembly_required.sandbox import ready_app

ROOT = Path(__file__).parent.parent

MakeApp = Callable[..., Flask]


@pytest.fixture
def make_app(tmp_path: Path) -> Iterator[MakeApp]:
    """Makes apps that are set up, each with an instance folder of its own unless one is named."""
    made: list[Flask] = []

    def make(instance: Path | None = None, **config: Any) -> Flask:
        made.append(ready_app(instance or tmp_path / f"instance{len(made)}", ROOT, **config))
        return made[-1]

    yield make
    for app in made:
        disconnect(app)


@pytest.fixture(autouse=True)
def no_settings_from_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """A developer's own FLASK_* variables change no test."""
    for name in os.environ:
        if name.startswith("FLASK_"):
            monkeypatch.delenv(name)

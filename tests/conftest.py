"""Fixtures for the tests of this application itself; those of the contract come from its plugin."""

import os
import tomllib
from collections.abc import Callable, Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from assembly_required.contract.databases import disconnect
from assembly_required.sandbox import ready_app
from assembly_required.slots import SLOTS

ROOT = Path(__file__).parent.parent

MakeApp = Callable[..., Flask]

OUTSIDE: list[str] = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["pytest"]["ini_options"]["stacks"]
"""The stacks with adapters from outside, which the contract is run on too."""


def options(slot: str) -> list[str]:
    """The options of a slot: those of the table, and those from outside."""
    theirs = dict(choice.split("=") for stack in OUTSIDE for choice in stack.split(","))
    return SLOTS[slot].names + ([theirs[slot]] if slot in theirs else [])


def pytest_configure() -> None:
    if find_spec("elsewhere") is None:
        raise pytest.UsageError(
            "Some adapters under test are a distribution of their own, and it is not installed "
            "(no module named 'elsewhere').\nRun: .venv/bin/pip install -e tests/outside"
        )


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

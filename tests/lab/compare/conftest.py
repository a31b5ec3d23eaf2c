"""Fixtures: a small seeded database, and the stack classic on it."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assembly_required.cli.compare.progress import progress
from assembly_required.lab.compare import data
from assembly_required.lab.compare.candidates import Candidate, Running, stack
from assembly_required.lab.compare.endpoints import caller
from assembly_required.stack.settings import Settings
from tests.conftest import ROOT

Seeded = Callable[[], Path]
Start = Callable[[Candidate], Running]

SMALL = data.Size(50, 200)


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(ROOT, tmp_path_factory.mktemp("instance"))


@pytest.fixture
def seeded(settings: Settings) -> Seeded:
    return lambda: data.ensure_database(settings, SMALL, progress)


@pytest.fixture
def database(seeded: Seeded, tmp_path: Path) -> Path:
    return data.copy(seeded(), tmp_path / "copy.sqlite3")


@pytest.fixture
def classic(settings: Settings) -> Candidate:
    return stack("classic", {"STACK": "classic"}, settings)


@pytest.fixture
def start(database: Path) -> Start:
    return lambda candidate: candidate.start(database, data.SECRET_KEY, caller(database))

"""Fixtures: a small seeded database, and the stack classic on it."""

from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path

import pytest

from assembly_required.cli.compare.progress import progress
from assembly_required.data import seed
from assembly_required.lab.compare import baselines, data
from assembly_required.lab.compare.candidates import Candidate, stack
from assembly_required.lab.compare.endpoints import Endpoint
from assembly_required.lab.compare.wsgi import Prepared, WSGIApp, call
from assembly_required.stack.settings import Settings
from tests.conftest import ROOT

Seeded = Callable[[], Path]

SMALL = data.Size(50, 200)
USER = seed.FIRST_ID + SMALL.users // 2


class Running:
    """A baseline in this process."""

    def __init__(self, candidate: Candidate, database: Path) -> None:
        module = import_module(candidate.module)
        self.candidate = candidate
        self.app: WSGIApp = module.build(database, data.SECRET_KEY)
        self.token: str = getattr(module, "token", baselines.token)(data.SECRET_KEY, USER)

    def send(self, endpoint: Endpoint) -> tuple[str, str]:
        token = self.token if endpoint.signed_in else None
        status, body = call(self.app, Prepared(endpoint.method, endpoint.url, token, endpoint.body).environ())
        return status, body.decode()


Start = Callable[[Candidate], Running]


@pytest.fixture(scope="session")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    return Settings(ROOT, tmp_path_factory.mktemp("instance"))


@pytest.fixture
def seeded(settings: Settings) -> Seeded:
    return lambda: data.ensure_database(data.BLOG, settings, SMALL, progress)


@pytest.fixture
def database(seeded: Seeded, tmp_path: Path) -> Path:
    return data.copy(seeded(), tmp_path / "copy.sqlite3")


@pytest.fixture
def start(database: Path) -> Start:
    return lambda candidate: Running(candidate, database)


@pytest.fixture
def classic(settings: Settings) -> Candidate:
    return stack("classic", {"STACK": "classic"}, settings)


@pytest.fixture
def provided(settings: Settings) -> Iterator[data.Data]:
    """The data of stacks and baselines, as a run has it."""
    with data.provide([], settings, SMALL, progress, None) as found:
        yield found

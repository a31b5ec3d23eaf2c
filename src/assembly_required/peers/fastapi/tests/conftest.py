"""The app with an empty database of its own."""

import os
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

APP = os.environ.get("CONDUIT_APP", "conduit_fastapi.main")
"""The module of the app under test. The peer with ``async def`` gets the same tests."""


@pytest.fixture(scope="session")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A client of the app. The settings are read when the app is imported, so the environment is changed before."""
    folder: Path = tmp_path_factory.mktemp("conduit")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("CONDUIT_DATA", str(folder))
        patch.delenv("DATABASE_URL", raising=False)
        import_module("conduit_fastapi.__main__").setup()
        with TestClient(import_module(APP).app) as client:
            yield client

"""Apps with demo data and the switchboard before them."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
from flask import Flask

from assembly_required.contract.databases import disconnect
from assembly_required.data import demo
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.assembly import assembled
from assembly_required.workbench.mounting import Switchboard, mount
from tests.conftest import ROOT
from tests.workbench.visitor import Visitor, open_workbench

Mount = Callable[..., Flask]


@pytest.fixture
def mount_app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Mount]:
    """Makes apps that are set up, with the switchboard before them."""
    with ExitStack() as opened:

        def make(**config: Any) -> Flask:
            app = ready_app(tmp_path_factory.mktemp("instance"), ROOT, **config)
            mount(app)
            opened.callback(close, app)
            return app

        yield make


@pytest.fixture(scope="module")
def blog(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """An app with demo data, with the switchboard before it. The tests of a module share it."""
    app = ready_app(tmp_path_factory.mktemp("instance"), ROOT)
    parts = assembled(app)
    with app.app_context():
        demo.fill(parts.store, parts.hashing)
    mount(app)
    yield app
    close(app)


@pytest.fixture
def visitor(blog: Flask) -> Visitor:
    """A browser on this machine that has not opened the workbench."""
    return Visitor(blog)


def close(app: Flask) -> None:
    """Close the database connections of an app and of the apps of its workbench."""
    if isinstance(app.wsgi_app, Switchboard):
        open_workbench(app).close()
    disconnect(app)

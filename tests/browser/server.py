"""A server for the browser."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from flask import Flask
from werkzeug.exceptions import NotFound
from werkzeug.middleware.dispatcher import DispatcherMiddleware
from werkzeug.serving import WSGIRequestHandler, make_server

from assembly_required.contract.databases import disconnect
from assembly_required.data import demo
from assembly_required.lab.sandbox import ready_app
from assembly_required.stack.assembly import assembled
from assembly_required.workbench.mounting import Switchboard, mount
from tests.conftest import ROOT


class Quiet(WSGIRequestHandler):
    """Writes no line for each request."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@contextmanager
def served(
    folder: Path, prefix: str = "", prepare: Callable[[Flask], object] | None = None, **config: Any
) -> Iterator[str]:
    """The URL of an app of its own, which is served meanwhile, below a path prefix if there is one.

    :param prepare: called with the app before it is served.
    """
    with ThreadPoolExecutor() as elsewhere:  # Playwright has an event loop in this thread, which Django's ORM minds
        app = elsewhere.submit(ready_app, folder, ROOT, **config).result()
        if prepare:
            elsewhere.submit(prepare, app).result()
        mounted = DispatcherMiddleware(NotFound(), {prefix: app}) if prefix else app
        server = make_server("127.0.0.1", 0, mounted, threaded=True, request_handler=Quiet)
        elsewhere.submit(server.serve_forever)
        try:
            yield f"http://127.0.0.1:{server.server_port}{prefix}"
        finally:
            server.shutdown()
            server.server_close()
            elsewhere.submit(disconnect, app).result()


@contextmanager
def served_with_workbench(folder: Path, prepare: Callable[[Flask], object], **config: Any) -> Iterator[str]:
    """The URL of an app of its own with the workbench, which is served meanwhile.

    :param prepare: called with the app before the workbench is mounted.
    """
    switchboards: list[Switchboard] = []

    def prepare_and_mount(app: Flask) -> None:
        prepare(app)
        mount(app)
        assert isinstance(app.wsgi_app, Switchboard)
        switchboards.append(app.wsgi_app)

    with served(folder, prepare=prepare_and_mount, **config) as url:
        yield url
    with ThreadPoolExecutor() as elsewhere:
        elsewhere.submit(switchboards[0].workbench.close).result()


def fill_with_demo(app: Flask) -> None:
    """Write the demo data."""
    with app.app_context():
        demo.fill(assembled(app).store, assembled(app).hashing)


def granted(folder: Path, username: str, **config: Any) -> None:
    """Make somebody staff, as ``flask user grant`` does."""

    def grant() -> None:
        app = ready_app(folder, ROOT, **config)
        with app.app_context():
            store = assembled(app).store
            profile = store.profile(username, None)
            user = store.user(profile.id) if profile else None
            assert user
            store.grant(user, "staff")
        disconnect(app)

    with ThreadPoolExecutor() as elsewhere:
        elsewhere.submit(grant).result()

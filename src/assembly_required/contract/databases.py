"""A pytest plugin that gives each app under test an empty database.

SQLite needs only a folder. For PostgreSQL, the plugin connects like ``psql`` (``PGHOST``, ``PGUSER`` and so on) and
creates databases, which takes a role that may do so, and drops them at the end. Without a server, the tests that need
one are deselected, and the summary says so.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

import pytest
from flask import Flask

from ..stack.assembly import assembled
from ..stack.packages import format_install

POSTGRESQL = "postgresql"
"""A test parameter with this value needs PostgreSQL. It can follow ``on``: ``classic on postgresql``."""

POOL = 4
"""Fewer connections than the race tests have threads, so that some wait. Many workers still fit on one server."""

LIMIT = "-c lock_timeout=20s"
"""A test fails if it waits longer for a lock, because that is a deadlock."""

MISSING = pytest.StashKey[str | None]()
NOT_RUN = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("databases")
    group.addoption(
        "--postgresql",
        metavar="URL",
        default="postgresql:///postgres",
        help="a PostgreSQL server on which databases may be created and dropped (default: the server that psql finds)",
    )
    group.addoption(
        "--require-postgresql",
        action="store_true",
        help="fail if there is no PostgreSQL server, instead of skipping its tests",
    )


def pytest_configure(config: pytest.Config) -> None:
    missing = config.stash[MISSING] = find_fault(config.getoption("--postgresql"))
    config.stash[NOT_RUN] = 0
    if missing and config.getoption("--require-postgresql"):
        raise pytest.UsageError(
            f"--require-postgresql was given, but PostgreSQL cannot be reached: {missing}\n{ADVICE}"
        )


ADVICE = (
    f"To run them, install psycopg ({format_install('postgresql')}) and start a server. If psql does not find it, "
    "name it: --postgresql postgresql://user@host/postgres"
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Deselect the tests that need PostgreSQL if there is no server."""
    if config.stash[MISSING]:
        needing = [item for item in items if needs_postgresql(item)]
        config.stash[NOT_RUN] = len(needing)
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in set(needing)]


def needs_postgresql(item: pytest.Item) -> bool:
    """Return whether a test creates databases on a PostgreSQL server."""
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    return "postgresql" in getattr(item, "fixturenames", ()) and (
        not parameters or any(isinstance(each, str) and each.split()[-1:] == [POSTGRESQL] for each in parameters)
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Pass the number of deselected tests from a pytest-xdist worker to the main process."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["without_postgresql"] = session.config.stash[NOT_RUN]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    node.config.stash[NOT_RUN] = getattr(node, "workeroutput", {}).get("without_postgresql", 0)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[NOT_RUN]:
        terminalreporter.section("no PostgreSQL server", yellow=True)
        terminalreporter.write_line(f"{config.stash[NOT_RUN]:,} tests were not run: {config.stash[MISSING]}\n{ADVICE}")


def find_fault(server: str) -> str | None:
    """Return why PostgreSQL cannot be reached at this URL, or ``None`` if it can."""
    try:
        import psycopg
    except ImportError as error:
        return str(error)
    try:
        psycopg.connect(server, connect_timeout=5).close()
    except psycopg.OperationalError as error:
        return str(error).strip().splitlines()[0]
    return None


class Databases:
    """The databases that a process creates on a PostgreSQL server.

    A database is emptied after use and given to the next test: to create and drop one takes almost a second on a slow
    disk. For the same reason commits do not wait for the disk.

    :param server: the URL of a database on the server.
    """

    def __init__(self, server: str) -> None:
        self._server = server
        self._names: list[str] = []
        self._idle: list[str] = []

    @contextmanager
    def use(self) -> Iterator[str]:
        """Provide the URL of an empty database. At the end it is emptied, even with open connections."""
        name = self._idle.pop() if self._idle else self._create()
        try:
            yield self._format_url(name)
        finally:
            self._empty(name)
            self._idle.append(name)

    def drop(self) -> None:
        """Drop all databases."""
        for name in self._names:
            self._run(self._server, f"DROP DATABASE {name} WITH (FORCE)")

    def _create(self) -> str:
        name = f"assembly_required_{uuid4().hex}"
        self._run(self._server, f"CREATE DATABASE {name}")
        self._names.append(name)
        self._run(self._server, f"ALTER DATABASE {name} SET synchronous_commit = off")
        return name

    def _empty(self, name: str) -> None:
        self._run(
            self._format_url(name),
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
            "WHERE datname = current_database() AND pid <> pg_backend_pid()",
            "DROP SCHEMA public CASCADE",
            "CREATE SCHEMA public",
        )

    def _format_url(self, name: str) -> str:
        from psycopg.conninfo import conninfo_to_dict

        parameters = {"options": LIMIT, **conninfo_to_dict(self._server)}
        parameters.pop("dbname", None)
        return f"postgresql:///{name}?{urlencode(parameters, quote_via=quote)}"

    def _run(self, url: str, *statements: str) -> None:
        import psycopg

        with psycopg.connect(url, autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement)


@pytest.fixture(scope="session")
def postgresql(pytestconfig: pytest.Config) -> Iterator[Callable[[], Any]]:
    """A function that provides an empty PostgreSQL database: ``with postgresql() as url``."""
    databases = Databases(pytestconfig.getoption("--postgresql"))
    yield databases.use
    databases.drop()


@contextmanager
def serve_app(make: Callable[..., Flask], on: str, postgresql: Callable[[], Any]) -> Iterator[Flask]:
    """Create an app with a database of its own.

    :param make: creates the app from config keys.
    :param on: ``sqlite`` or ``postgresql``.
    """
    with ExitStack() as stack:
        place = {"DATABASE_URL": stack.enter_context(postgresql()), "DATABASE_POOL": POOL} if on == POSTGRESQL else {}
        app = make(**place)
        stack.callback(disconnect, app)
        yield app


def disconnect(app: Flask) -> None:
    """Close the database connections of an app."""
    with app.app_context():
        assembled(app).store.disconnect()

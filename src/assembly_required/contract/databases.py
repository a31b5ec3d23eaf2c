"""A pytest plugin that creates a database for each app under test and drops it afterwards.

SQLite needs only a folder. For PostgreSQL, the plugin connects like ``psql`` (``PGHOST``, ``PGUSER`` and so on) and
creates a database for each app, which takes 50 ms and a role that may create databases. Without a server, the tests
that need one are deselected, and the summary says so.
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


@contextmanager
def database(server: str) -> Iterator[str]:
    """Create an empty database and return its URL. At the end it is dropped, even with open connections."""
    import psycopg
    from psycopg import sql
    from psycopg.conninfo import conninfo_to_dict

    name = f"assembly_required_{uuid4().hex}"
    parameters = {"options": LIMIT, **conninfo_to_dict(server)}
    parameters.pop("dbname", None)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            yield f"postgresql:///{name}?{urlencode(parameters, quote_via=quote)}"
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


@pytest.fixture(scope="session")
def postgresql(pytestconfig: pytest.Config) -> Callable[[], Any]:
    """A function that creates a PostgreSQL database: ``with postgresql() as url``."""
    return lambda: database(pytestconfig.getoption("--postgresql"))


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

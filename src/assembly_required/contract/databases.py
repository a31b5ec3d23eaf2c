"""Databases that come and go with a test, as a pytest plugin.

*In Django* the test runner makes ``test_<name>`` on the configured server, and destroys it at the end.

*Here* SQLite needs nothing but a folder. For PostgreSQL a server is looked for as ``psql`` looks for one (``PGHOST``,
``PGUSER`` and so on), and each app under test gets a database of its own on it. Where there is none, what needs one is
not run, and the last lines say so.

*What it costs*: 50 ms to make one. The role has to be allowed to make databases.

*Next*: :mod:`assembly_required.contract.plugin`.
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

POSTGRESQL = "postgresql"
"""The value of a test's parameter that asks for a server, alone or after ``on``: ``classic on postgresql``."""

POOL = 4
"""Fewer connections than the races have threads, so that some wait; and many workers fit on one server."""

LIMIT = "-c lock_timeout=20s"
"""Who waits for a lock longer than this waits for ever: a test had better fail."""

MISSING = pytest.StashKey[str | None]()
NOT_RUN = pytest.StashKey[int]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("databases")
    group.addoption(
        "--postgresql",
        metavar="URL",
        default="postgresql:///postgres",
        help="a PostgreSQL server on which databases may be made and dropped; by default where psql finds one",
    )
    group.addoption(
        "--require-postgresql", action="store_true", help="fail if there is none, instead of running the rest"
    )


def pytest_configure(config: pytest.Config) -> None:
    missing = config.stash[MISSING] = unreachable(config.getoption("--postgresql"))
    config.stash[NOT_RUN] = 0
    if missing and config.getoption("--require-postgresql"):
        raise pytest.UsageError(f"--require-postgresql: there is no PostgreSQL: {missing}\n{ADVICE}")


ADVICE = (
    "To run them, install psycopg (pip install -e '.[postgresql]'), start a server, and name it if psql would not find "
    "it: --postgresql postgresql://user@host/postgres"
)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what needs a server where there is none."""
    if config.stash[MISSING]:
        needing = [item for item in items if needs_postgresql(item)]
        config.stash[NOT_RUN] = len(needing)
        config.hook.pytest_deselected(items=needing)
        items[:] = [item for item in items if item not in set(needing)]


def needs_postgresql(item: pytest.Item) -> bool:
    """Whether a test makes databases on a server."""
    parameters = getattr(getattr(item, "callspec", None), "params", {}).values()
    return "postgresql" in getattr(item, "fixturenames", ()) and (
        not parameters or any(isinstance(each, str) and each.split()[-1:] == [POSTGRESQL] for each in parameters)
    )


def pytest_sessionfinish(session: pytest.Session) -> None:
    """A worker of pytest-xdist hands the number on."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["without_postgresql"] = session.config.stash[NOT_RUN]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any, error: object) -> None:
    node.config.stash[NOT_RUN] = getattr(node, "workeroutput", {}).get("without_postgresql", 0)


@pytest.hookimpl(trylast=True)
def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    if config.stash[NOT_RUN]:
        terminalreporter.section("PostgreSQL was not there", yellow=True)
        terminalreporter.write_line(f"{config.stash[NOT_RUN]:,} tests were not run: {config.stash[MISSING]}\n{ADVICE}")


def unreachable(server: str) -> str | None:
    """Why there is no PostgreSQL at this URL; ``None`` if there is."""
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
    """The URL of a new, empty database on a server; it is dropped at the end, whoever is still connected."""
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
    """Makes PostgreSQL databases: ``with postgresql() as url``."""
    return lambda: database(pytestconfig.getoption("--postgresql"))


@contextmanager
def serving(make: Callable[..., Flask], on: str, postgresql: Callable[[], Any]) -> Iterator[Flask]:
    """An app on a database of its own.

    :param make: makes the app, from config keys.
    :param on: ``sqlite`` or ``postgresql``.
    """
    with ExitStack() as stack:
        place = {"DATABASE_URL": stack.enter_context(postgresql()), "DATABASE_POOL": POOL} if on == POSTGRESQL else {}
        app = make(**place)
        stack.callback(disconnect, app)
        yield app


def disconnect(app: Flask) -> None:
    """Close the connections that an app keeps."""
    with app.app_context():
        assembled(app).store.disconnect()

"""Databases on a PostgreSQL server that exist only for a while."""

from collections.abc import Callable
from typing import Any

import psycopg
import pytest

from assembly_required.lab.postgresql import NoServer, create_database, read_version, vacuum


def list_databases(server: str) -> set[str]:
    with psycopg.connect(server) as connection:
        return {name for (name,) in connection.execute("SELECT datname FROM pg_database")}


def test_a_database_is_dropped_even_after_an_error_and_with_open_connections(postgresql: Callable[[], Any]) -> None:
    with postgresql() as server:
        opened: list[psycopg.Connection] = []
        with pytest.raises(KeyboardInterrupt):
            open_and_fail(server, opened)
        (left_open,) = opened
        assert left_open.info.dbname not in list_databases(server)
        left_open.close()


def open_and_fail(server: str, opened: list[psycopg.Connection]) -> None:
    with create_database(server) as url:
        opened.append(psycopg.connect(url))
        assert opened[0].info.dbname in list_databases(server)
        raise KeyboardInterrupt


def test_the_version_is_that_of_the_server(postgresql: Callable[[], Any]) -> None:
    with postgresql() as server, psycopg.connect(server) as connection:
        assert read_version(server).partition(".")[0] == str(connection.info.server_version // 10_000)


def test_after_a_vacuum_the_planner_has_statistics(postgresql: Callable[[], Any]) -> None:
    with postgresql() as server, create_database(server) as url, psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE TABLE numbers AS SELECT n FROM generate_series(1, 100) AS n")
        vacuum(url)
        found = connection.execute("SELECT reltuples FROM pg_class WHERE relname = 'numbers'").fetchone()
    assert found == (100,)


def test_a_server_that_does_not_answer_is_told() -> None:
    with pytest.raises(NoServer, match=r"No database can be created on the PostgreSQL server: .*\n.*--postgresql"):
        create_database("postgresql://nobody@127.0.0.1:1/none").__enter__()

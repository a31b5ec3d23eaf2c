"""A database of a peer that cannot be written, or is away, and comes back."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest

from assembly_required.contract.client import Answer, Client, over_http
from assembly_required.contract.expect import expect_error
from assembly_required.contract.people import People
from assembly_required.lab.peers import PEERS, serve

pytestmark = pytest.mark.full

ARTICLE = {"article": {"title": "Title", "description": "About", "body": "Text"}}


class Server:
    """A peer with a PostgreSQL database.

    :param url: the URL of the peer.
    :param database: the URL of its database.
    :param other: the URL of another database on the same server.
    """

    def __init__(self, url: str, database: str, other: str) -> None:
        self.anyone = Client(over_http(url))
        self.name = psycopg.conninfo.conninfo_to_dict(database)["dbname"]
        self.other = other

    def alter(self, change: str) -> None:
        """Change the database from outside, and end the connections that do not know of it."""
        with psycopg.connect(self.other, autocommit=True) as connection:
            connection.execute(f"ALTER DATABASE {self.name} {change}".encode())
            connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", [self.name])


@pytest.fixture(params=[f"{name} on postgresql" for name in PEERS])
def server(
    request: pytest.FixtureRequest, tmp_path: Path, postgresql: Callable[[], Any], pytestconfig: pytest.Config
) -> Iterator[Server]:
    with postgresql() as database, serve(request.param.split()[0], tmp_path, DATABASE_URL=database) as (url, _):
        server = Server(url, database, pytestconfig.getoption("--postgresql"))
        yield server
        server.alter("ALLOW_CONNECTIONS true")
        server.alter("RESET default_transaction_read_only")


def call(person: Client, method: str, path: str, value: Any = None) -> Answer:
    """Send a request whose operation does not declare 503, as any request can fail with it."""
    headers = {"Content-Type": "application/json", "Authorization": f"Token {person.token}"}
    return person.send(method, path, headers if person.token else {}, json.dumps(value).encode() if value else b"")


def expect_unavailable(answer: Answer) -> None:
    expect_error(answer, 503, request="not available")
    assert int(answer.headers["retry-after"]) > 0


def health(server: Server) -> int:
    return call(server.anyone, "GET", "/health").status


def test_a_database_that_is_read_only(server: Server) -> None:
    someone = People(server.anyone).new()
    someone.publish()
    server.alter("SET default_transaction_read_only = on")
    expect_unavailable(call(someone, "POST", "/api/articles", ARTICLE))
    expect_unavailable(call(someone, "PUT", "/api/user", {"user": {"bio": "new"}}))
    assert server.anyone.get("/articles").json["articlesCount"] == 1
    assert health(server) == 200
    server.alter("RESET default_transaction_read_only")
    someone.publish()


def test_a_database_that_is_away(server: Server) -> None:
    someone = People(server.anyone).new()
    server.alter("ALLOW_CONNECTIONS false")
    expect_unavailable(call(server.anyone, "GET", "/api/articles"))
    expect_unavailable(call(someone, "POST", "/api/articles", ARTICLE))
    assert health(server) == 503
    server.alter("ALLOW_CONNECTIONS true")
    someone.publish()
    assert health(server) == 200

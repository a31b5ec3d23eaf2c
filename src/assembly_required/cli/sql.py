"""``flask stack sql``: the SQL that an operation sends to the database.

The operation runs once on a temporary copy of the demo blog. SQLite reports each statement with its values, so the
output has the same form for every ORM.
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlparse
from flask import Flask

from ..conduit.examples import EXAMPLES
from ..conduit.operation import Operation
from ..data import demo
from ..lab.sandbox import ready_app
from ..stack.assembly import assembled
from ..web.api import PREFIX

OWN_ARTICLE = "two-writers-one-slug"
OWN_COMMENT = 2


def statements(operation: Operation, root: Path, config: dict[str, Any]) -> list[str]:
    """The statements of an operation, carried out by the demo user in the app of a configuration."""
    with noting() as sent, TemporaryDirectory(prefix="assembly_required_") as folder:
        app = ready_app(Path(folder), root, **config)
        with app.app_context():
            demo.fill(assembled(app).store, assembled(app).hashing)
        token = call(app, "POST", "/users/login", {"user": {"email": demo.EMAIL, "password": demo.PASSWORD}})
        sent.clear()
        call(app, operation.method, path(operation), payload(operation), token["user"]["token"])
        return [tidy(statement) for statement in sent if not statement.startswith(("PRAGMA", "--"))]


@contextmanager
def noting() -> Iterator[list[str]]:
    """Note the statements on all connections that are opened inside."""
    sent: list[str] = []
    module: Any = sqlite3
    connect = module.connect

    def connect_and_note(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(sent.append)
        return connection

    module.connect = module.dbapi2.connect = connect_and_note
    try:
        yield sent
    finally:
        module.connect = module.dbapi2.connect = connect


def call(app: Flask, method: str, path: str, value: Any = None, token: str | None = None) -> Any:
    """One request to the API; the answer's JSON."""
    headers = {"Authorization": f"Token {token}"} if token else {}
    response = app.test_client().open(f"{PREFIX}{path}", method=method, headers=headers, json=value)
    return response.get_json(silent=True)


def path(operation: Operation) -> str:
    """A path of the operation that leads to something of the demo user's."""
    article = "assembly-required" if "{id}" in operation.path else OWN_ARTICLE
    return operation.path.format_map({"slug": article, "username": "ada", "id": OWN_COMMENT})


def payload(operation: Operation) -> Any:
    """What the operation takes, as the documentation shows it."""
    return EXAMPLES[operation.takes] if operation.takes else None


def tidy(statement: str) -> str:
    """One clause to a line."""
    return str(sqlparse.format(statement, reindent=True, strip_whitespace=True)).strip()

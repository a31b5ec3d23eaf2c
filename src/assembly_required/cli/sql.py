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


def read_statements(operation: Operation, root: Path, config: dict[str, Any]) -> list[str]:
    """Run an operation as the demo user, and return the SQL statements it sends."""
    with record_statements() as sent, TemporaryDirectory(prefix="assembly_required_") as folder:
        app = ready_app(Path(folder), root, **config)
        with app.app_context():
            demo.fill(assembled(app).store, assembled(app).hashing)
        token = call(app, "POST", "/users/login", {"user": {"email": demo.EMAIL, "password": demo.PASSWORD}})
        sent.clear()
        call(app, operation.method, choose_path(operation), choose_payload(operation), token["user"]["token"])
        return [format_sql(statement) for statement in sent if not statement.startswith(("PRAGMA", "--"))]


@contextmanager
def record_statements() -> Iterator[list[str]]:
    """Record the statements on all connections that are opened inside the block."""
    sent: list[str] = []
    module: Any = sqlite3
    connect = module.connect

    def connect_and_record(*arguments: Any, **options: Any) -> sqlite3.Connection:
        connection: sqlite3.Connection = connect(*arguments, **options)
        connection.set_trace_callback(sent.append)
        return connection

    module.connect = module.dbapi2.connect = connect_and_record
    try:
        yield sent
    finally:
        module.connect = module.dbapi2.connect = connect


def call(app: Flask, method: str, path: str, value: Any = None, token: str | None = None) -> Any:
    """Send a request to the API, and return the JSON of the response."""
    headers = {"Authorization": f"Token {token}"} if token else {}
    response = app.test_client().open(f"{PREFIX}{path}", method=method, headers=headers, json=value)
    return response.get_json(silent=True)


def choose_path(operation: Operation) -> str:
    """Choose a path of the operation on which the demo user may do everything."""
    article = "assembly-required" if "{id}" in operation.path else OWN_ARTICLE
    return operation.path.format_map({"slug": article, "username": "ada", "id": OWN_COMMENT})


def choose_payload(operation: Operation) -> Any:
    """Choose the payload: the example from the documentation."""
    return EXAMPLES[operation.takes] if operation.takes else None


def format_sql(statement: str) -> str:
    """Format a statement with one clause per line."""
    return str(sqlparse.format(statement, reindent=True, strip_whitespace=True)).strip()

"""``flask stack sql``: the SQL that an operation sends to the database.

The operation runs once on a temporary copy of the demo blog. Each statement is shown with its values, so the output has
the same form for every ORM.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import click
import sqlparse
from flask import Flask

from ..conduit.examples import EXAMPLES
from ..conduit.operation import Operation
from ..data import demo
from ..lab.compare.statements import trace
from ..lab.postgresql import NoServer, create_database
from ..lab.sandbox import ready_app
from ..stack.assembly import assembled
from ..web.api import PREFIX

OWN_ARTICLE = "two-writers-one-slug"
OWN_COMMENT = 2


HIDDEN = ("PRAGMA", "--")
"""How statements begin that belong to a connection, not to the operation."""


@contextmanager
def provide_database(server: str | None) -> Iterator[dict[str, str]]:
    """Provide the config key of an empty database on a PostgreSQL server. Without a server, nothing is needed.

    :raises click.ClickException: databases cannot be created there.
    """
    if server is None:
        yield {}
        return
    try:
        with create_database(server) as url:
            yield {"DATABASE_URL": url}
    except NoServer as error:
        raise click.ClickException(str(error)) from None


def read_statements(operation: Operation, root: Path, config: dict[str, Any]) -> list[str]:
    """Run an operation as the demo user, and return the SQL statements it sends."""
    with trace() as sent, TemporaryDirectory(prefix="assembly_required_") as folder:
        app = ready_app(Path(folder), root, **config)
        with app.app_context():
            demo.fill(assembled(app).store, assembled(app).hashing)
        token = call(app, "POST", "/users/login", {"user": {"email": demo.EMAIL, "password": demo.PASSWORD}})
        sent.clear()
        call(app, operation.method, choose_path(operation), choose_payload(operation), token["user"]["token"])
        found = [format_sql(each) for each in sent if each.strip() and not each.startswith(HIDDEN)]
        with app.app_context():
            assembled(app).store.disconnect()
    return found


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

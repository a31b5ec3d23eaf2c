"""Temporary databases on a PostgreSQL server."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from urllib.parse import quote, urlencode
from uuid import uuid4

from ...stack.packages import format_install
from ...stack.settings import Database
from .servers import ServeError


@contextmanager
def create_database(server: str) -> Iterator[str]:
    """Create a database, provide its URL, and drop it at the end.

    :param server: the URL of any database on the server.

    :raises ServeError: psycopg is not installed, the server cannot be reached, or the role may not create databases.
    """
    if find_spec("psycopg") is None:
        raise ServeError(f"PostgreSQL needs psycopg, which is not installed. Run: {format_install('postgresql')}")
    import psycopg
    from psycopg.conninfo import conninfo_to_dict

    name = f"assembly_required_{uuid4().hex}"
    try:
        with psycopg.connect(server, autocommit=True, connect_timeout=5) as connection:
            connection.execute(f'CREATE DATABASE "{name}"')
    except psycopg.Error as error:
        raise ServeError(
            f"No database can be created at {Database('postgresql', server)}: {str(error).strip().splitlines()[0]}\n"
            "Name a server, and a role that may create databases: --postgresql postgresql://user@host/postgres"
        ) from None
    try:
        parameters = {**conninfo_to_dict(server), "dbname": None}
        query = urlencode({key: value for key, value in parameters.items() if value is not None}, quote_via=quote)
        yield f"postgresql:///{name}?{query}" if query else f"postgresql:///{name}"
    finally:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')

"""Databases on a PostgreSQL server that exist only for as long as something is measured or shown."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode
from uuid import uuid4

from ..stack.packages import format_install


class NoServer(Exception):
    """Databases cannot be created on this server."""


@contextmanager
def create_database(server: str) -> Iterator[str]:
    """Create an empty database, and drop it at the end, even with open connections. Provides its URL.

    :param server: the URL of a database on the server, ``postgresql://...``.
    :raises NoServer: psycopg is not installed, the server cannot be reached, or the role may not create databases.
    """
    try:
        import psycopg
        from psycopg.conninfo import conninfo_to_dict
    except ImportError:
        raise NoServer(f"PostgreSQL needs psycopg, not installed. Run: {format_install('postgresql')}") from None
    name = f"assembly_required_lab_{uuid4().hex}"
    try:
        parameters = conninfo_to_dict(server)
        parameters.pop("dbname", None)
        with psycopg.connect(server, autocommit=True, connect_timeout=10) as connection:
            connection.execute(f"CREATE DATABASE {name} TEMPLATE template0")
            try:
                yield f"postgresql:///{name}?{urlencode(parameters, quote_via=quote)}"
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")
    except psycopg.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise NoServer(
            f"No database can be created on the PostgreSQL server: {reason}\n"
            "Name a server and a role that may create databases: --postgresql postgresql://user@host/postgres"
        ) from None


def vacuum(url: str) -> None:
    """Do what PostgreSQL's autovacuum does some minutes after many rows were written.

    The planner gets its statistics, and an index alone can answer a query.
    """
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("VACUUM (ANALYZE)")


def read_version(server: str) -> str:
    """Return the version of a PostgreSQL server."""
    import psycopg

    with psycopg.connect(server) as connection:
        version = connection.info.parameter_status("server_version") or ""
    return version.partition(" ")[0]

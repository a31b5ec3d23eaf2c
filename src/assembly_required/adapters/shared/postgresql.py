"""Settings and SQL for PostgreSQL that every option of ``orm`` uses, through psycopg 3 and a connection pool.

A pool holds at most ``DATABASE_POOL`` connections for each process. It checks each connection before use (one round
trip) and replaces a lost one. The isolation level is PostgreSQL's default, *read committed*: with it no write fails
because of a concurrent one.
"""

WAIT = 10
"""Seconds that a request waits for a connection while all are in use or the server is down."""

MINIMUM = 0
"""Number of connections that stay open when idle."""


def advance(table: str) -> str:
    """Return the statement that sets a sequence to the highest id, for use after rows were inserted with their ids.

    >>> advance("tags")
    "SELECT setval(pg_get_serial_sequence('tags', 'id'), max(id)) FROM tags"
    """
    return f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - our own names

"""What is to be known of PostgreSQL.

*In Django* ``django.db.backends.postgresql``, which also knows how this database writes and quotes.

*Here* every option of ``orm`` speaks to it through psycopg 3, from a pool: at most ``DATABASE_POOL`` connections for
each process, each looked at before it is lent again, so that one that was lost is replaced and nobody notices. An
isolation level is not set: with the default, *read committed*, no write is refused because others wrote meanwhile.

*What it costs*: looking at a connection is one trip to the server.

*Next*: :mod:`assembly_required.adapters.shared.dberrors`.
"""

WAIT = 10
"""How many seconds a request waits for a connection: when all are lent, or while psycopg's pool tries to reach a server
that is down."""

MINIMUM = 0
"""How many connections stay open when nobody needs them."""


def advance(table: str) -> str:
    """The statement that makes a sequence go on after the highest id, when rows came with theirs.

    >>> advance("tags")
    "SELECT setval(pg_get_serial_sequence('tags', 'id'), max(id)) FROM tags"
    """
    return f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}"  # noqa: S608 - our own names

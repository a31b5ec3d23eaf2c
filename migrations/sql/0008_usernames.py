"""Rename users whose stored names break the rules for names.

It is written in Python, because SQLite has no NFKC. ``versions/0008_usernames.py`` does the same with Alembic.
"""

import sqlite3

from assembly_required.conduit.names import choose_names


def upgrade(connection) -> None:
    """Rename them, on a connection of sqlite3 or psycopg."""
    rename = "UPDATE users SET username = %s WHERE id = %s"
    if isinstance(connection, sqlite3.Connection):
        rename = rename.replace("%s", "?")
    users = connection.execute("SELECT id, username FROM users ORDER BY id").fetchall()
    for id, name in choose_names(users).items():
        connection.execute(rename, (name, id))


def downgrade(connection) -> None:
    """Keep the new names: the old ones are not stored."""

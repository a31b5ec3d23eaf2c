"""Apply each step once.

``migrate`` runs all steps each time, so the second time fails. Write down in the table ``steps`` which ones were
applied, and run only the others, in order; a step and its row are one transaction. In Django this is the table
``django_migrations``, and Alembic has ``alembic_version``.
"""

import sqlite3

import pytest

STEPS = {
    "0001": "CREATE TABLE users (id INTEGER PRIMARY KEY)",
    "0002": "ALTER TABLE users ADD COLUMN name TEXT",
}


def migrate(connection, steps):
    """Apply the steps that were not applied yet.

    :param connection: one that begins no transactions by itself.
    """
    connection.execute("CREATE TABLE IF NOT EXISTS steps (name TEXT PRIMARY KEY)")
    # start
    # for statement in steps.values():
    #     connection.execute(statement)
    # solution
    applied = {name for (name,) in connection.execute("SELECT name FROM steps")}
    for name in sorted(steps.keys() - applied):
        connection.execute("BEGIN")
        try:
            connection.execute(steps[name])
            connection.execute("INSERT INTO steps VALUES (?)", [name])
        except sqlite3.Error:
            connection.execute("ROLLBACK")
            raise
        connection.execute("COMMIT")
    # end


@pytest.fixture
def connection():
    connection = sqlite3.connect(":memory:", isolation_level=None)
    yield connection
    connection.close()


def list_columns(connection):
    return [row[1] for row in connection.execute("PRAGMA table_info(users)")]


def test_it_can_be_repeated(connection):
    migrate(connection, STEPS)
    migrate(connection, STEPS)
    assert list_columns(connection) == ["id", "name"]


def test_only_new_steps_run(connection):
    migrate(connection, STEPS)
    migrate(connection, {**STEPS, "0003": "ALTER TABLE users ADD COLUMN bio TEXT"})
    assert list_columns(connection) == ["id", "name", "bio"]


def test_a_step_that_fails_is_not_applied(connection):
    migrate(connection, STEPS)
    with pytest.raises(sqlite3.OperationalError):
        migrate(connection, {**STEPS, "0003": "ALTER TABLE nothing ADD COLUMN bio TEXT"})
    migrate(connection, {**STEPS, "0003": "ALTER TABLE users ADD COLUMN bio TEXT"})
    assert list_columns(connection) == ["id", "name", "bio"]

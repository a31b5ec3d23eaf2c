"""Add a column that must not be empty, to a table with rows.

The step fails: the rows that are there have no slug. Add the column in three moves: as one that may be empty, fill it
from the title, and only then forbid empty values. In Django these are ``AddField``, ``RunPython`` and ``AlterField``.
SQLite cannot change a column, so Alembic's ``batch_alter_table`` copies the table.
"""

import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations


def upgrade(op):
    # start
    # op.add_column("articles", sa.Column("slug", sa.Text, nullable=False))
    # solution
    op.add_column("articles", sa.Column("slug", sa.Text))
    op.execute("UPDATE articles SET slug = replace(lower(title), ' ', '-')")
    with op.batch_alter_table("articles") as table:
        table.alter_column("slug", existing_type=sa.Text, nullable=False)
    # end


@pytest.fixture
def connection():
    engine = sa.create_engine("sqlite://")
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE articles (id INTEGER PRIMARY KEY, title TEXT NOT NULL)"))
        connection.execute(sa.text("INSERT INTO articles (title) VALUES ('Two Writers'), ('After')"))
        yield connection
    engine.dispose()


def migrate(connection):
    upgrade(Operations(MigrationContext.configure(connection)))


def test_the_rows_have_slugs(connection):
    migrate(connection)
    assert connection.scalars(sa.text("SELECT slug FROM articles ORDER BY id")).all() == ["two-writers", "after"]


def test_a_row_without_one_is_refused(connection):
    migrate(connection)
    with pytest.raises(sa.exc.IntegrityError):
        connection.execute(sa.text("INSERT INTO articles (title) VALUES ('None')"))


def test_the_ids_stay(connection):
    migrate(connection)
    assert connection.scalars(sa.text("SELECT id FROM articles ORDER BY id")).all() == [1, 2]

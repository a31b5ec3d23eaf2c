"""When the article was published, with each favorite of it.

It never changes, so it may stand twice; the next step shows what for. It comes in three moves, as each column that may
not be empty does in a table with rows: add it empty, fill it, and only then refuse what is empty. The last is beyond
SQLite's ALTER TABLE, and Alembic's batch mode makes the table anew there. No other table refers to this one: dropping
one that others refer to would take their rows along.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("favorites", sa.Column("article_created_at", sa.DateTime))
    op.execute(
        "UPDATE favorites SET article_created_at ="
        " (SELECT created_at FROM articles WHERE articles.id = favorites.article_id)"
    )
    with op.batch_alter_table("favorites", table_kwargs={"sqlite_autoincrement": True}) as favorites:
        favorites.alter_column("article_created_at", existing_type=sa.DateTime(), nullable=False)


def downgrade() -> None:
    op.drop_column("favorites", "article_created_at")

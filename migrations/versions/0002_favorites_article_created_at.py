"""Add the publication date of the article to each favorite.

The date never changes, so it can be copied; the next migration adds an index on it. The column is added as nullable,
filled, and then made NOT NULL. SQLite's ALTER TABLE cannot do the last step, so Alembic's batch mode creates the table
again. This is safe because no other table refers to it; otherwise dropping it would delete their rows as well.
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

"""Add an index on the favorites of a user, newest article first.

``GET /api/articles?favorited=`` had to look up every favorite in ``articles`` to sort by date. With this index it reads
only one page. The index it replaces had the same first column.
"""

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    op.create_index(
        "ix_favorites_user_id_article_created_at_article_id",
        "favorites",
        ["user_id", "article_created_at", "article_id"],
    )
    op.drop_index("ix_favorites_user_id_article_id", "favorites")


def downgrade() -> None:
    op.create_index("ix_favorites_user_id_article_id", "favorites", ["user_id", "article_id"])
    op.drop_index("ix_favorites_user_id_article_created_at_article_id", "favorites")

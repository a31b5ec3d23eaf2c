"""add the slug of an article

Revision ID: 0002
Revises: 0001
Create Date: 2026-11-03 09:00:00
"""

import sqlalchemy as sa
from alembic import op

# step: change
revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade():
    with op.batch_alter_table("article") as batch_op:
        batch_op.add_column(sa.Column("slug", sa.String(length=200), nullable=True))

    # A table of its own: the model in app.py will change later, this step must not.
    article = sa.table("article", sa.column("title"), sa.column("slug"))
    op.execute(article.update().values(slug=sa.func.lower(sa.func.replace(article.c.title, " ", "-"))))

    with op.batch_alter_table("article") as batch_op:
        batch_op.alter_column("slug", existing_type=sa.String(length=200), nullable=False)


def downgrade():
    with op.batch_alter_table("article") as batch_op:
        batch_op.drop_column("slug")

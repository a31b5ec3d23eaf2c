"""Create the table of groups and permissions granted to users.

Each row is a user and the name of a group (``moderators``, ``staff``) or of a permission (``article.delete``). What a
group may do is not stored in the database; the option of the permissions slot defines it.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.create_table(
        "grants",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("name", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_grants"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_grants_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("user_id", "name", name="uq_grants_user_id_name"),
        sa.CheckConstraint("length(name) BETWEEN 1 AND 64", name=op.f("ck_grants_name")),
        sqlite_autoincrement=True,
    )


def downgrade() -> None:
    op.drop_table("grants")

"""Who belongs to which group, and may do what.

A row is a user and a name: that of a group (``moderators``, ``staff``), or of a single permission
(``article.delete``). What a group may is not data but policy, and stands with the option that fills the slot.
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

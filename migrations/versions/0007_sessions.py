"""Create the table of sessions, and the columns that end tokens and undo a change of email.

``sessions`` has a row for each browser in which a user is signed in. It stores a hash of the key in the cookie.
``token_generation`` is raised to end all API tokens of a user. ``previous_email`` is the address to which a mailed link
can take the account back until ``previous_email_until``.
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    op.add_column("users", sa.Column("token_generation", sa.Integer, nullable=False, server_default=sa.text("0")))
    op.add_column("users", sa.Column("previous_email", sa.String(254)))
    op.add_column("users", sa.Column("previous_email_until", sa.DateTime))
    op.create_table(
        "sessions",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("user_id", sa.Integer, nullable=False),
        sa.Column("signed_in_at", sa.DateTime, nullable=False),
        sa.Column("expires_at", sa.DateTime, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sessions"),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name="fk_sessions_user_id", ondelete="CASCADE"),
        sa.UniqueConstraint("key_hash", name="uq_sessions_key_hash"),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_sessions_user_id", "sessions", ["user_id"])
    op.create_index("ix_sessions_expires_at", "sessions", ["expires_at"])


def downgrade() -> None:
    op.drop_table("sessions")
    op.drop_column("users", "previous_email_until")
    op.drop_column("users", "previous_email")
    op.drop_column("users", "token_generation")

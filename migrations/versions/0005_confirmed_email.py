"""Add the email address that a user has confirmed.

It is a copy of the address, not a flag, so a changed address is automatically unconfirmed.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("users", sa.Column("confirmed_email", sa.String(254)))


def downgrade() -> None:
    op.drop_column("users", "confirmed_email")

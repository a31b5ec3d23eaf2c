"""The address that its owner has confirmed.

It is a copy of the address and no yes or no: one that is changed afterwards is not confirmed, without anybody having
to remember that.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("users", sa.Column("confirmed_email", sa.String(254)))


def downgrade() -> None:
    op.drop_column("users", "confirmed_email")

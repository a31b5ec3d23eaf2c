"""Rename users whose stored names break the rules for names.

The log of changes keeps the old names.
"""

import sqlalchemy as sa
from alembic import op

from assembly_required.conduit.names import choose_names

revision = "0008"
down_revision = "0007"

users = sa.table("users", sa.column("id"), sa.column("username"))


def upgrade() -> None:
    connection = op.get_bind()
    stored = connection.execute(sa.select(users.c.id, users.c.username).order_by(users.c.id))
    for id, name in choose_names((row.id, row.username) for row in stored).items():
        connection.execute(users.update().where(users.c.id == id).values(username=name))


def downgrade() -> None:
    """Keep the new names: the old ones are not stored."""

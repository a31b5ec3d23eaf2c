"""Run the migrations in versions/ in the database of the current Flask app."""

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db


def drop_empty(_context, _revision, directives) -> None:
    """Do not write a migration if models and database agree."""
    if directives and directives[0].upgrade_ops and directives[0].upgrade_ops.is_empty():
        directives.clear()


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        process_revision_directives=drop_empty,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()

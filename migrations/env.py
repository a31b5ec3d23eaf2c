"""How Alembic runs the steps in versions/: in the database of the Flask app that is at work."""

from alembic import context
from flask import current_app

db = current_app.extensions["migrate"].db


def drop_empty(_context, _revision, directives) -> None:
    """Where models and database agree, no step is written."""
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

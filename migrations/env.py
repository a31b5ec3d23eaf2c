"""Run the migrations in versions/ in the database of the current Flask app."""

import re

from alembic import context
from alembic.script import ScriptDirectory
from alembic.util import CommandError
from flask import current_app

db = current_app.extensions["migrate"].db
autogenerate = getattr(context.config.cmd_opts, "autogenerate", False)


def prepare(_context, _revision, directives) -> None:
    """Number a new step. Write none if models and database agree, or if there are no models to compare with."""
    (script,) = directives
    if not script.upgrade_ops.is_empty() and not db.metadata.tables:
        raise CommandError(
            "No step can be created from the models: Alembic reads only those of orm = flask_sqlalchemy.\n"
            "Change the models of Flask-SQLAlchemy too, and type: FLASK_STACK_ORM=flask_sqlalchemy flask db migrate"
        )
    if autogenerate and script.upgrade_ops.is_empty():
        directives.clear()
        print("The database matches the models.")
        return
    head = ScriptDirectory.from_config(context.config).get_current_head()
    if re.fullmatch(r"[0-9a-f]{12}", script.rev_id) and (head is None or head.isdecimal()):  # not one that was typed
        script.rev_id = f"{int(head or 0) + 1:04}"


with db.engine.connect() as connection:
    context.configure(
        connection=connection,
        target_metadata=db.metadata,
        process_revision_directives=prepare,
        **current_app.extensions["migrate"].configure_args,
    )
    with context.begin_transaction():
        context.run_migrations()

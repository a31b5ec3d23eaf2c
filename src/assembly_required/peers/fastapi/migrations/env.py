"""Alembic's environment: the models and the database of the app."""

from alembic import context

from conduit_fastapi.database import make_engine
from conduit_fastapi.models import Base


def run() -> None:
    engine = make_engine()
    with engine.connect() as connection:
        context.configure(connection, target_metadata=Base.metadata)
        with context.begin_transaction():
            context.run_migrations()
    engine.dispose()


run()

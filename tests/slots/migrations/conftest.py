"""Run each test on every option of ``migrations``, with SQLite and PostgreSQL."""

from tests.slots.orm.conftest import database, place

__all__ = ["database", "place"]

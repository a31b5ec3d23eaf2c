"""Run each test on every option of ``migrations``, with SQLite and PostgreSQL."""

from tests.conftest import ROOT
from tests.slots.orm.conftest import database, place

__all__ = ["STEPS", "database", "place"]

STEPS = [path.name[:4] for path in sorted((ROOT / "migrations" / "versions").glob("0*.py"))]

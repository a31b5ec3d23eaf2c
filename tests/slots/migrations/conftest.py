"""Each option of ``migrations`` in each database."""

from tests.slots.orm.conftest import database, place

__all__ = ["database", "place"]

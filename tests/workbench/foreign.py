"""An adapter of the slot ``orm`` from another package: plain SQL, under a name that is not in the table of slots."""

from assembly_required.adapters.orm.plain import build

__all__ = ["build"]

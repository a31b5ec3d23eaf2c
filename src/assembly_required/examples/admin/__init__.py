"""Two models in an admin: list, search, filter, edit, act on many, export; for staff only."""

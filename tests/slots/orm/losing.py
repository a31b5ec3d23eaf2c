"""Lose the connections to PostgreSQL."""

import pytest

on_postgresql = pytest.mark.parametrize("database", ["postgresql"])

THEIRS = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
LOSE = f"SELECT pg_terminate_backend(pid) {THEIRS}"
"""Ends all other connections to the database."""

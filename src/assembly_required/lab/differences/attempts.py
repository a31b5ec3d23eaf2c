"""How often the apps of the table about limits allow an attempt."""

ALLOWED = 3
"""Attempts in a minute."""

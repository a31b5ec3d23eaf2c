"""Adapters for Assembly Required that are not part of it, chosen by their dotted paths."""

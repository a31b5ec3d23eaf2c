"""Watch the SQL statements of an app, with the hooks of its ORM."""

from flask import Flask


def watch_sql(app: Flask) -> None:
    """Watch the statements of an app."""

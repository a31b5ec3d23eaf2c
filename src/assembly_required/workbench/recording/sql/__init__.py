"""Watch the SQL statements of an app, with the hooks of its ORM."""

from importlib import import_module

from flask import Flask

from ....stack.assembly import Choice, assembled

WAYS = {
    "flask_sqlalchemy": "sqlalchemy",
    "sqlalchemy_core": "sqlalchemy",
    "peewee": "peewee",
    "django": "django",
    "plain": "plain",
}
"""For each option of the slot ``orm``, the module that watches its statements."""


FLASK_SQLALCHEMY = "sqlalchemy"
"""The key of Flask-SQLAlchemy in ``app.extensions``. Adapters from other packages may use it too."""


def watch_sql(app: Flask) -> None:
    """Watch the statements of an app, if its ORM is known."""
    option = assembled(app).choice["orm"].option.name
    way = WAYS.get(option) or ("sqlalchemy" if FLASK_SQLALCHEMY in app.extensions else None)
    if way:
        import_module(f".{way}", __name__).watch(app)


def explain_missing(choice: Choice) -> str:
    """Say why a stack may have no statements; empty if there is no reason."""
    option = choice["orm"].option.name
    if option in WAYS:
        return ""
    return (
        f"orm = {option} is an adapter from another package. "
        "Of such an adapter, only the statements that it sends with Flask-SQLAlchemy are seen."
    )

"""``orm = django``: the original, inside Flask.

*In Django* ``settings.DATABASES`` names the databases, ``django.setup()`` loads the models, and
``close_old_connections`` runs before and after each request.

*Here* the same three things, outside of Django. A process has one ``settings``, but databases can be added to it: each
app brings its own under an alias, and a database router asks Flask which app is at work. What was opened goes back
to a pool when the application context ends.

*What it costs*: Django, all of it (``flask stack diff`` counts megabytes). ``transaction.atomic`` and ``connections``
do not ask the router: without an alias they mean ``default``, and that is no database here.

*Next*: :mod:`assembly_required.adapters.orm.django.router`.
"""

from collections import deque
from itertools import count
from typing import Any
from weakref import finalize

from django.db import DEFAULT_DB_ALIAS, Error, connections
from flask import Flask

from ....conduit.interfaces import Store
from ...shared.dberrors import answer_unavailable
from ...shared.postgresql import MINIMUM, WAIT
from ...shared.sqlite import PRAGMAS
from .router import EXTENSION, connection
from .store import DjangoStore

__all__ = ["build"]

NUMBERS = count(1)
"""Aliases are never used twice: a thread may still hold what it knew under an old one."""


def build(app: Flask) -> Store:
    """The store of an app, on the database of its ``DATABASE_URL``."""
    alias = app.extensions[EXTENSION] = f"app{next(NUMBERS)}"
    settings = {"sqlite": _sqlite, "postgresql": _postgresql}[app.config["DATABASE"].dialect](app)
    connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: settings})  # fills in the defaults
    connections.settings[alias] = settings
    finalize(app, _forget, alias)
    app.teardown_appcontext(_give_back)
    answer_unavailable(app, Error)
    return DjangoStore()


def _sqlite(app: Flask) -> dict[str, Any]:
    return {
        "ENGINE": __name__,
        "NAME": app.config["DATABASE"].location,
        "IDLE": deque(),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # waits for other writers at the start, and never in the middle
            "init_command": ";".join(f"PRAGMA {name} = {value}" for name, value in PRAGMAS.items()),
        },
    }


def _postgresql(app: Flask) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict  # only where it is wanted

    options = conninfo_to_dict(app.config["DATABASE"].location)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": options.pop("dbname", options.get("user", "")),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **options,
            "pool": {"min_size": MINIMUM, "max_size": app.config["DATABASE_POOL"], "timeout": WAIT},
        },
    }


def _give_back(error: BaseException | None) -> None:
    # Not close_old_connections: it goes through the databases of all apps, while another thread may add one.
    connection().close()


def _forget(alias: str) -> None:
    """Close what an app has left, and take its database out of the settings."""
    connection: Any = connections[alias]
    connection.close_pool()
    del connections[alias], connections.settings[alias]

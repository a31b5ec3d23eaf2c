"""``orm = django``: Django's ORM inside Flask.

*In Django* ``settings.DATABASES`` names the databases, ``django.setup()`` loads the models, and
``close_old_connections`` runs before and after each request.

*Here* the same three things, outside Django. A process has one ``settings`` object, but databases can be added to it.
Each app adds its own database under an alias, and a database router selects the one of the current app. When the
application context ends, the connection goes back to a pool.

*What it costs*: the whole of Django (``flask stack diff`` shows its size). ``transaction.atomic`` and ``connections``
do not use the router: without an alias they use ``default``, which is not a database here.

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
from ...shared.sqlite import PRAGMAS, locate
from ...shared.turns import take_turns
from .router import EXTENSION, connection
from .store import DjangoStore

__all__ = ["build"]

NUMBERS = count(1)
"""Aliases are never reused, because a thread may still hold a connection under an old one."""


def build(app: Flask) -> Store:
    """Return the store of an app, on the database of its ``DATABASE_URL``."""
    alias = app.extensions[EXTENSION] = f"app{next(NUMBERS)}"
    settings = {"sqlite": _sqlite, "postgresql": _postgresql}[app.config["DATABASE"].dialect](app)
    connections.configure_settings({DEFAULT_DB_ALIAS: {}, alias: settings})  # fills in the defaults
    connections.settings[alias] = settings
    finalize(app, _forget, alias)
    app.teardown_appcontext(_give_back)
    answer_unavailable(app, Error)
    take_turns(app)
    return DjangoStore()


def _sqlite(app: Flask) -> dict[str, Any]:
    return {
        "ENGINE": __name__,
        "NAME": locate(app.config["DATABASE"].location),
        "IDLE": deque(),
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",  # waits for other writers at the start, never in the middle
            "init_command": ";".join(f"PRAGMA {name} = {value}" for name, value in PRAGMAS.items()),
        },
    }


def _postgresql(app: Flask) -> dict[str, Any]:
    from psycopg.conninfo import conninfo_to_dict  # installed only for PostgreSQL

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
    """Close the connections of an app and remove its database from the settings."""
    connection: Any = connections[alias]
    connection.close_pool()
    del connections[alias], connections.settings[alias]

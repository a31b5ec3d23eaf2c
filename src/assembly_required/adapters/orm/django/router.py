"""Send each query to the database of the current app.

*In Django* a router in ``DATABASE_ROUTERS`` picks one of the ``DATABASES`` for each query, say a replica for reading.

*Here* it uses the database of Flask's current app. ``django.setup()`` is called here too: it must run once, after the
settings are configured and before the first model is imported.

*What it costs*: one look-up in ``app.extensions`` for each query.

*Next*: :mod:`assembly_required.adapters.orm.django.base`.
"""

from typing import Any

import django
from django.db import connections
from django.db.models import Model
from flask import current_app

from ...shared import django_settings  # noqa: F401 (setup() reads them)

EXTENSION = "django"
"""The key of an app's alias in ``app.extensions``."""


class Router:
    """Sends each query to the database of the current app."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        return alias()

    db_for_write = db_for_read


def alias() -> str:
    """Return Django's alias for the database of the current app."""
    name: str = current_app.extensions[EXTENSION]
    return name


def connection() -> Any:
    """Return this thread's connection to that database. Django opens it when it is first used."""
    return connections[alias()]


django.setup()

"""Whose database: that of the app that is at work.

*In Django* a router in ``DATABASE_ROUTERS`` picks one of the ``DATABASES`` for each query, say a replica for reading.

*Here* it asks Flask which app is at work. ``django.setup()`` stands here, too: it has to run once, after the settings
were made and before the first model is imported.

*What it costs*: a look into ``app.extensions`` for each query.

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
    """Sends each query to the database of the app that is at work."""

    def db_for_read(self, model: type[Model], **hints: object) -> str:
        return alias()

    db_for_write = db_for_read


def alias() -> str:
    """The name under which Django knows the database of the app that is at work."""
    name: str = current_app.extensions[EXTENSION]
    return name


def connection() -> Any:
    """This thread's connection to it: Django opens it when it is first used."""
    return connections[alias()]


django.setup()

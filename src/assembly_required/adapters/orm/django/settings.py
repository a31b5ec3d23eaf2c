"""What Django has to be told before its first model can be imported.

*In Django* ``settings.py``, found through ``DJANGO_SETTINGS_MODULE``; ``manage.py`` and ``wsgi.py`` call ``setup()``.

*Here* ``settings.configure()``, which Django documents for those who use a part of it. No database stands here:
apps add theirs, and the router says whose is meant. Logging is left to Flask.

*What it costs*: settings are made once for a process, so whatever else of Django runs in it has to share these.

*Next*: :mod:`assembly_required.adapters.orm.django.base`.
"""

from typing import Any

import django
from django.conf import settings
from django.db import connections
from django.db.models import Model
from flask import current_app

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


if not settings.configured:
    settings.configure(
        INSTALLED_APPS=[__package__],
        DATABASE_ROUTERS=[f"{__name__}.Router"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_TZ=False,
        TIME_ZONE="UTC",
        LOGGING_CONFIG=None,
    )
    django.setup()

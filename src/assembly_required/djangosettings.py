"""What Django has to be told before a part of it can be used.

*In Django* ``settings.py``, found through ``DJANGO_SETTINGS_MODULE``; ``manage.py`` and ``wsgi.py`` call ``setup()``.

*Here* ``settings.configure()``, which Django documents for those who use a part of it. A process is configured once,
and apps with different stacks live in it in any order, so all options called ``django`` share these. What is named here
is not imported: that is for ``django.setup()``, which the ORM calls, and serializers do not need. No database stands
here: apps add theirs, and the router says whose is meant. Logging is left to Flask.

*What it costs*: no translations. They are collected from ``INSTALLED_APPS``, so with them nobody could have a text of
Django's without ``setup()``; the API has words of its own. A process that configured Django before keeps its settings.

*Next*: :mod:`assembly_required.adapters.orm`.
"""

from django.conf import settings

if not settings.configured:
    settings.configure(
        INSTALLED_APPS=["assembly_required.adapters.orm.django"],
        DATABASE_ROUTERS=["assembly_required.adapters.orm.django.router.Router"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        USE_I18N=False,
        USE_TZ=False,
        TIME_ZONE="UTC",
        LOGGING_CONFIG=None,
    )

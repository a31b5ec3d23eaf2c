"""What Django has to be told before a part of it can be used.

*In Django* ``settings.py``, found through ``DJANGO_SETTINGS_MODULE``; ``manage.py`` and ``wsgi.py`` call ``setup()``.

*Here* ``settings.configure()``, which Django documents for those who use a part of it. A process is configured once,
and apps with different stacks live in it in any order, so all options called ``django`` share these. What is named here
is not imported: that is for ``django.setup()``, which the ORM calls, and serializers do not need. No database stands
here: apps add theirs, and the router says whose is meant. Logging and the names of hosts are left to Flask, and
forms keep their token in Flask's session.

*What it costs*: no translations. They are collected from ``INSTALLED_APPS``, so with them nobody could have a text of
Django's without ``setup()``; the API has words of its own. A process that configured Django before keeps its settings.

*Next*: :mod:`assembly_required.adapters.shared.djangorequest`.
"""

import re
from pathlib import Path

import django
from django.conf import settings

DJANGO = Path(django.__file__).parent
TAGS = "django.contrib.admin.templatetags"
LIBRARY = re.compile(r"^register\b", re.MULTILINE)
"""The name that makes a module a tag library."""
ADMIN = Path(__file__).parents[1] / "admin" / "django" / "templates"


def find_tag_libraries() -> dict[str, str]:
    """List the tag libraries of Django's admin by reading its folder: they differ from version to version.

    They cannot be imported before the settings exist, so the source tells which module is a library.
    """
    modules = DJANGO.joinpath(*TAGS.split(".")[1:]).glob("*.py")
    return {file.stem: f"{TAGS}.{file.stem}" for file in modules if LIBRARY.search(file.read_text("utf-8"))}


if not settings.configured:
    settings.configure(
        INSTALLED_APPS=["assembly_required.adapters.orm.django"],
        DATABASE_ROUTERS=["assembly_required.adapters.orm.django.router.Router"],
        DEFAULT_AUTO_FIELD="django.db.models.AutoField",
        ALLOWED_HOSTS=["*"],
        CSRF_USE_SESSIONS=True,
        ROOT_URLCONF="assembly_required.adapters.admin.django.urls",
        STATIC_URL="/admin/static/",
        FORM_RENDERER="django.forms.renderers.TemplatesSetting",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "DIRS": [ADMIN, DJANGO / "contrib" / "admin" / "templates", DJANGO / "forms" / "templates"],
                "OPTIONS": {
                    "context_processors": [
                        "django.template.context_processors.request",
                        "django.contrib.auth.context_processors.auth",
                        "django.contrib.messages.context_processors.messages",
                    ],
                    "libraries": find_tag_libraries(),
                },
            }
        ],
        USE_I18N=False,
        USE_TZ=False,
        TIME_ZONE="UTC",
        LOGGING_CONFIG=None,
    )

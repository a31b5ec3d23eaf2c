"""The Django settings that all options called ``django`` share.

``settings.configure()`` works once per process, and one process may hold several Flask apps with different stacks. So
these settings fit all of them: ``DATABASES`` is empty, each app adds its own database, and the router selects the one
of the current app. If other code in the process configured Django first, its settings stay.

The settings only name modules. ``django.setup()`` imports them; the ORM calls it, serializers do not need it. Django's
texts are not translated, because translations need ``setup()``.
"""

import re
from pathlib import Path

import django
from django.conf import settings
from django.utils.functional import lazy
from flask import has_request_context, request

DJANGO = Path(django.__file__).parent
TAGS = "django.contrib.admin.templatetags"
LIBRARY = re.compile(r"^register\b", re.MULTILINE)
"""A tag library defines this name; other modules in the folder do not."""
ADMIN = Path(__file__).parents[1] / "admin" / "django" / "templates"


def build_static_url() -> str:
    """Build the URL of static files. Django would keep the path prefix of the first request for the whole process."""
    return f"{request.script_root if has_request_context() else ''}/admin/static/"


def find_tag_libraries() -> dict[str, str]:
    """List the tag libraries of the installed Django's admin.

    Each version has its own set, so the list is read from the folder. The modules cannot be imported before the
    settings exist, so their source is searched instead.
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
        STATIC_URL=lazy(build_static_url, str)(),
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

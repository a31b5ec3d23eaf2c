"""Django REST framework, with the settings of a new project as far as these small apps need them."""

import django
from django.conf import settings

from ...attempts import ALLOWED

settings.configure(
    ALLOWED_HOSTS=["*"],
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}},
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rest_framework",
        "rest_framework.authtoken",
    ],
    LOGGING_CONFIG=None,
    REST_FRAMEWORK={"DEFAULT_THROTTLE_RATES": {"anon": f"{ALLOWED}/min"}},
    SECRET_KEY="an app that stores nothing",  # noqa: S106
    USE_TZ=True,
)
django.setup()

"""Settings for a developer's own machine: ``manage.py`` uses them by default."""

from .base import *

DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = True
SECRET_KEY = "django-insecure-3v)2k!q4w7z@h$e8m1x0c5t9n6b_y#r*p+j%gfdlausi"
ALLOWED_HOSTS = ["localhost", "127.0.0.1", "[::1]", ".localhost"]

DATABASES["default"]["CONN_MAX_AGE"] = 0  # runserver has a new thread for each connection
WHITENOISE_USE_FINDERS = True

# The page /mail shows these files.
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

"""Settings for tests: like production, but over HTTP, and with passwords that are cheap to hash."""

from .base import *

DATA_DIR.mkdir(parents=True, exist_ok=True)

DEBUG = False
SECRET_KEY = "only for tests"
ALLOWED_HOSTS = ["localhost", "127.0.0.1"]

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["CONN_MAX_AGE"] = 0
WHITENOISE_USE_FINDERS = True

EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = DATA_DIR / "mail"

LOGGING = CONSOLE_LOGGING

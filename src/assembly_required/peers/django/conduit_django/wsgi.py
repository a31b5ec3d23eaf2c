"""WSGI application, for production: ``gunicorn conduit_django.wsgi``."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "conduit_django.settings.production")

application = get_wsgi_application()

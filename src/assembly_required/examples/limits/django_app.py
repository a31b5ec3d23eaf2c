"""Three attempts a minute for each address, with Django REST framework.

``AnonRateThrottle`` counts visitors who are not signed in by their address, in Django's cache. A subclass with a scope
gets its rate from ``DEFAULT_THROTTLE_RATES``. It keeps the times of the last attempts, so the window slides. The
default cache is a dictionary of the process; use Redis or Memcached for several processes. REST framework's
documentation says that its throttles are no protection against attacks: reading and writing the cache are two steps.

Start it with ``python django_app.py runserver``.
It follows https://www.django-rest-framework.org/api-guide/throttling/
"""

import os
import secrets
import sys

import django
from django.conf import settings
from django.core.management import execute_from_command_line

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=["rest_framework"],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_THROTTLE_RATES": {"attempt": "3/min"},
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

# REST framework can only be imported after django.setup().
from django.urls import path
from rest_framework.decorators import api_view, throttle_classes
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle


# step: count an attempt
class AttemptThrottle(AnonRateThrottle):
    scope = "attempt"


# step: limit a view
@api_view(["POST"])
@throttle_classes([AttemptThrottle])
def attempt(request):
    return Response({"attempt": "made"})


@api_view(["GET"])
def index(request):
    return Response({"limited": "/attempt"})


urlpatterns = [path("attempt", attempt), path("", index)]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)

"""The throttle of Django REST framework's documentation: it limits all requests of an address, not the failed ones."""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.throttling import AnonRateThrottle
from rest_framework.views import APIView
from werkzeug.test import Client

from ...attempts import ALLOWED
from ...outcome import read_response


class AttemptView(APIView):
    throttle_classes = [AnonRateThrottle]

    def post(self, request: Request) -> Response:
        """Attempt something."""
        return Response("made")


urlpatterns = [path("attempt", AttemptView.as_view())]


def answer() -> dict[str, Any]:
    """Return the outcome of one attempt more than is allowed."""
    settings.ROOT_URLCONF = __name__
    client = Client(get_wsgi_application(), use_cookies=False)
    for _ in range(ALLOWED):
        client.post("/attempt")
    return asdict(read_response(client.post("/attempt")))

"""Django with ``def``, on an ASGI server: each request runs in a thread of its own."""

import os

import urllib3
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)
upstream = urllib3.PoolManager(maxsize=1_000)


def show_quote(request: HttpRequest) -> JsonResponse:
    return JsonResponse(upstream.request("GET", os.environ["UPSTREAM"]).json())


urlpatterns = [path("", show_quote)]
app = get_asgi_application()

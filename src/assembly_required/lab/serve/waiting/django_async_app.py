"""Django with ``async def`` and aiohttp, on an ASGI server: one thread serves all requests."""

import os
from functools import cache

import aiohttp
from django.conf import settings
from django.core.asgi import get_asgi_application
from django.http import HttpRequest, JsonResponse
from django.urls import path

settings.configure(ALLOWED_HOSTS=["127.0.0.1"], ROOT_URLCONF=__name__)


@cache
def connect() -> aiohttp.ClientSession:
    """Create the session at the first request, because it belongs to the event loop that runs then."""
    return aiohttp.ClientSession(os.environ["UPSTREAM"], connector=aiohttp.TCPConnector(limit=1_000))


async def show_quote(request: HttpRequest) -> JsonResponse:
    async with connect().get("/") as response:
        return JsonResponse(await response.json())


urlpatterns = [path("", show_quote)]
app = get_asgi_application()

"""Django REST framework as its tutorial shows it: serializers, generic views, its own parsers and error handler.

It also accepts HTML forms, so it reads a body of another content type, and converts and trims values as forms need it.
"""

from dataclasses import asdict
from typing import Any

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.urls import path
from rest_framework import generics, status
from rest_framework.request import Request
from rest_framework.response import Response
from werkzeug.test import Client

from ...inputs import OVER_HTTP
from ...outcome import read_response
from ...validation.django import NewArticle, NewUser, Page


class ArticleList(generics.GenericAPIView[Any]):
    serializer_class = NewArticle

    def get(self, request: Request) -> Response:
        """List articles."""
        page = Page(data=request.query_params)
        page.is_valid(raise_exception=True)
        return Response()

    def post(self, request: Request) -> Response:
        """Publish an article."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(status=status.HTTP_201_CREATED)


class UserList(generics.GenericAPIView[Any]):
    serializer_class = NewUser

    def post(self, request: Request) -> Response:
        """Register."""
        serializer = self.get_serializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        return Response(status=status.HTTP_201_CREATED)


urlpatterns = [path("articles", ArticleList.as_view()), path("users", UserList.as_view())]


def answer() -> dict[str, Any]:
    """Send every input to the app and return the outcomes by the name of the input."""
    settings.ROOT_URLCONF = __name__
    client = Client(get_wsgi_application(), use_cookies=False)
    return {each.name: asdict(read_response(client.open(**each.request()))) for each in OVER_HTTP}

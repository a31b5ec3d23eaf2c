"""Describe an API of Django REST framework with drf-spectacular.

drf-spectacular looks at views and serializers and writes the OpenAPI document. It finds paths, limits and the body by
itself; ``@extend_schema`` adds what it cannot see, such as the query and the errors, and an
``OpenApiAuthenticationExtension`` describes an authentication class of one's own.

Start it with ``API_TOKEN=choose-one python django_app.py runserver``; the document is at ``/openapi.json``.
See https://drf-spectacular.readthedocs.io/en/latest/customization.html
"""

import os
import secrets
import sys
from itertools import count

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.urls import path

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    INSTALLED_APPS=[
        "django.contrib.contenttypes",
        "django.contrib.auth",
        "rest_framework",
        "drf_spectacular",
    ],
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    },
    SPECTACULAR_SETTINGS={"TITLE": "Articles", "VERSION": "1.0", "COMPONENT_SPLIT_REQUEST": True},
)
django.setup()

from django.contrib.auth.models import User
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from drf_spectacular.utils import extend_schema
from drf_spectacular.views import SpectacularJSONAPIView
from rest_framework import authentication, exceptions, permissions, serializers, status
from rest_framework.response import Response
from rest_framework.views import APIView

TOKEN = os.environ.get("API_TOKEN") or secrets.token_hex()


# step: security scheme
class BearerAuthentication(authentication.BaseAuthentication):
    def authenticate(self, request):
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer":
            return None
        if not secrets.compare_digest(token.encode(), TOKEN.encode()):
            raise exceptions.AuthenticationFailed("Invalid token.")
        return User(username="author"), token

    def authenticate_header(self, request):
        return "Bearer"


class BearerScheme(OpenApiAuthenticationExtension):
    target_class = BearerAuthentication
    name = "bearer"

    def get_security_definition(self, auto_schema):
        return {"type": "http", "scheme": "bearer"}


# step: describe
class ArticleSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    title = serializers.CharField(max_length=100)
    body = serializers.CharField(allow_blank=True)


class QuerySerializer(serializers.Serializer):
    limit = serializers.IntegerField(min_value=1, max_value=100, default=20)


class MessageSerializer(serializers.Serializer):
    detail = serializers.CharField()


INVALID = {"type": "object", "additionalProperties": {"type": "array", "items": {"type": "string"}}}
articles: dict[int, dict] = {}
ids = count(1)


class ArticleListView(APIView):
    authentication_classes = [BearerAuthentication]
    permission_classes = [permissions.IsAuthenticatedOrReadOnly]

    # step: list
    @extend_schema(
        operation_id="list_articles",
        parameters=[QuerySerializer],
        responses={200: ArticleSerializer(many=True), 400: INVALID},
    )
    def get(self, request):
        """List the newest articles"""
        query = QuerySerializer(data=request.query_params)
        query.is_valid(raise_exception=True)
        newest = list(articles.values())[: -query.validated_data["limit"] - 1 : -1]
        return Response(ArticleSerializer(newest, many=True).data)

    # step: publish
    @extend_schema(
        request=ArticleSerializer,
        responses={201: ArticleSerializer, 400: INVALID, 401: MessageSerializer},
    )
    def post(self, request):
        """Publish an article"""
        serializer = ArticleSerializer(data=request.data)
        serializer.is_valid(raise_exception=True)
        article = {"id": next(ids), **serializer.validated_data}
        articles[article["id"]] = article
        return Response(ArticleSerializer(article).data, status=status.HTTP_201_CREATED)


class ArticleView(APIView):
    # step: show
    @extend_schema(responses={200: ArticleSerializer, 404: MessageSerializer})
    def get(self, request, id: int):
        """Show an article"""
        if id not in articles:
            raise exceptions.NotFound("Article not found.")
        return Response(ArticleSerializer(articles[id]).data)


# step: document
urlpatterns = [
    path("articles", ArticleListView.as_view()),
    path("articles/<int:id>", ArticleView.as_view()),
    path("openapi.json", SpectacularJSONAPIView.as_view()),
]

if __name__ == "__main__":
    execute_from_command_line(sys.argv)

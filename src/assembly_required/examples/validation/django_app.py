"""Check and convert JSON with Django REST framework, on Django.

``ModelSerializer`` derives its fields and their limits from a model. The example nests one serializer in another,
which needs a ``create`` and an ``update`` of its own, and adds a rule with ``validate_tags``. A generic view calls
``is_valid(raise_exception=True)`` and ``save``, answers 400 for invalid data,
and passes ``partial=True`` for ``PATCH``.

Start it with ``python django_app.py runserver``. See https://www.django-rest-framework.org/api-guide/serializers/
"""

import os
import secrets
import sys

import django
from django.conf import settings
from django.core.management import execute_from_command_line
from django.db import connection, models
from django.urls import path

settings.configure(
    SECRET_KEY=os.environ.get("SECRET_KEY") or secrets.token_hex(),
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    ROOT_URLCONF=__name__,
    DATABASES={"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": "validation_django.sqlite3"}},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    REST_FRAMEWORK={
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    },
)
django.setup()

from rest_framework import generics, serializers


class Author(models.Model):
    username = models.CharField(max_length=50, unique=True)
    bio = models.TextField(blank=True, default="")

    class Meta:
        app_label = "blog"


class Article(models.Model):
    title = models.CharField(max_length=100)
    body = models.TextField(blank=True)
    published_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(Author, models.CASCADE)
    tags = models.JSONField(default=list)

    class Meta:
        app_label = "blog"

    @property
    def slug(self):
        return self.title.lower().replace(" ", "-")


# step: describe
class AuthorSerializer(serializers.ModelSerializer):
    # not the field of the model: its check for unique names would refuse the second article of an author
    username = serializers.RegexField(r"^[a-z0-9_]+\Z", max_length=50)

    class Meta:
        model = Author
        fields = ["username", "bio"]


class ArticleSerializer(serializers.ModelSerializer):
    author = AuthorSerializer()
    tags = serializers.ListField(child=serializers.CharField(max_length=20), default=list)

    class Meta:
        model = Article
        fields = ["id", "slug", "title", "body", "published_on", "author", "tags"]
        read_only_fields = ["slug"]
        extra_kwargs = {"body": {"required": True}}

    # step: own rule
    def validate_tags(self, tags):
        if len(set(tags)) < len(tags):
            raise serializers.ValidationError("A tag must not be repeated.")
        return tags

    def create(self, validated_data):
        validated_data["author"] = save_author(validated_data["author"])
        return super().create(validated_data)

    def update(self, instance, validated_data):
        if "author" in validated_data:
            validated_data["author"] = save_author({"username": instance.author.username, **validated_data["author"]})
        return super().update(instance, validated_data)


def save_author(data):
    author, _ = Author.objects.update_or_create(username=data["username"], defaults=data)
    return author


# step: create
class ArticleCreate(generics.CreateAPIView):
    serializer_class = ArticleSerializer


# step: show
# step: change
class ArticleDetail(generics.RetrieveUpdateAPIView):
    queryset = Article.objects.select_related("author")
    serializer_class = ArticleSerializer


urlpatterns = [
    path("articles", ArticleCreate.as_view()),
    path("articles/<int:pk>", ArticleDetail.as_view()),
]


def create_tables():
    existing = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (Author, Article):
            if model._meta.db_table not in existing:
                editor.create_model(model)


if __name__ == "__main__":
    create_tables()
    execute_from_command_line(sys.argv)

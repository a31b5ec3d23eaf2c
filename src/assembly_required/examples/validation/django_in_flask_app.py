"""Check and convert JSON with the serializers of Django REST framework, inside a Flask app.

A serializer is a class with a field for each key. ``is_valid(raise_exception=True)`` checks the data,
``save`` calls ``create`` or ``update``, and ``data`` is the JSON of the answer. ``partial=True`` accepts a part of the
fields. Serializers need Django's settings, but no database and none of Django's URLs or views. REST framework ignores
unknown fields, and converts a number to a string where a string is expected.

Start it with ``flask --app django_in_flask_app run``. See https://www.django-rest-framework.org/api-guide/serializers/
"""

from dataclasses import dataclass, field
from datetime import date
from itertools import count

import django
from django.conf import settings
from flask import Flask, abort, request

settings.configure()
django.setup()

from rest_framework import serializers


@dataclass
class Article:
    id: int
    title: str
    body: str
    author: dict
    published_on: date | None = None
    tags: list[str] = field(default_factory=list)


articles: dict[int, Article] = {}
ids = count(1)


# step: describe
class AuthorSerializer(serializers.Serializer):
    username = serializers.RegexField(r"^[a-z0-9_]+\Z")
    bio = serializers.CharField(default="", allow_blank=True)


class ArticleSerializer(serializers.Serializer):
    id = serializers.IntegerField(read_only=True)
    slug = serializers.SerializerMethodField()
    title = serializers.CharField(max_length=100)
    body = serializers.CharField(allow_blank=True)
    published_on = serializers.DateField(allow_null=True, default=None)
    author = AuthorSerializer()
    tags = serializers.ListField(child=serializers.CharField(max_length=20), default=list)

    def get_slug(self, article):
        return article.title.lower().replace(" ", "-")

    # step: own rule
    def validate_tags(self, tags):
        if len(set(tags)) < len(tags):
            raise serializers.ValidationError("A tag must not be repeated.")
        return tags

    def create(self, validated_data):
        article = Article(id=next(ids), **validated_data)
        articles[article.id] = article
        return article

    def update(self, instance, validated_data):
        for name, value in validated_data.items():
            setattr(instance, name, value)
        return instance


app = Flask(__name__)


# step: refuse
@app.errorhandler(serializers.ValidationError)
def handle_validation_error(error):
    return error.detail, error.status_code


# step: create
@app.post("/articles")
def create_article():
    serializer = ArticleSerializer(data=request.get_json())
    serializer.is_valid(raise_exception=True)
    serializer.save()
    return serializer.data, 201


# step: change
@app.patch("/articles/<int:id>")
def update_article(id):
    article = articles.get(id) or abort(404)
    serializer = ArticleSerializer(article, data=request.get_json(), partial=True)
    serializer.is_valid(raise_exception=True)
    serializer.save()
    return serializer.data


# step: show
@app.get("/articles/<int:id>")
def get_article(id):
    return ArticleSerializer(articles.get(id) or abort(404)).data

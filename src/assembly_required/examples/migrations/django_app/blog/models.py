"""The models. After a change ``python manage.py makemigrations`` writes the next step."""

from django.db import models


class Article(models.Model):
    title = models.CharField(max_length=200)
    slug = models.CharField(max_length=200)

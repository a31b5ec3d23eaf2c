"""The tables, as Django's models describe them.

*In Django* this is the file that the rest follows from: the table, its migration, the form, the admin.

*Here* the tables are there already, and ``managed = False`` says that they are somebody else's. Deleting goes by
``ON DELETE CASCADE`` in the database, so that it holds for every ORM and for SQL by hand. ``models.CASCADE`` would do
it in Python: Django reads what refers to a row, and deletes that first. ``DO_NOTHING`` leaves it to the database, so
that ``delete()`` is one statement; Django 6.1 has ``DB_CASCADE`` for it.

*What it costs*: two descriptions of one table. ``DateTimeField`` gives SQLite a text with six digits of a second, or
without if they are zero, and such texts do not compare: hence a field of our own.

*Next*: :mod:`assembly_required.adapters.orm.django.store`.
"""

from datetime import datetime
from typing import Any

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

from ....conduit import limits


class InstantField(models.DateTimeField):
    """An instant; SQLite keeps it as a text, always with six digits, so that instants compare as texts do."""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if connection.vendor == "sqlite" and isinstance(value, datetime):
            return value.isoformat(sep=" ", timespec="microseconds")
        return super().get_db_prep_value(value, connection, prepared)


class User(models.Model):
    username = models.CharField(max_length=limits.USERNAME, unique=True)
    email = models.CharField(max_length=limits.EMAIL, unique=True)
    password_hash = models.CharField(max_length=255)
    bio = models.CharField(max_length=limits.BIO, null=True)
    image = models.CharField(max_length=limits.IMAGE, null=True)
    confirmed_email = models.CharField(max_length=limits.EMAIL, null=True)

    class Meta:
        managed = False
        db_table = "users"

    def __str__(self) -> str:
        return str(self.username)


class Follow(models.Model):
    follower = models.ForeignKey(User, models.DO_NOTHING, related_name="follows")
    followed = models.ForeignKey(User, models.DO_NOTHING, related_name="followed_by")

    class Meta:
        managed = False
        db_table = "follows"


class Grant(models.Model):
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="grants")
    name = models.CharField(max_length=limits.GRANT)

    class Meta:
        managed = False
        db_table = "grants"


class Tag(models.Model):
    name = models.CharField(max_length=limits.TAG, unique=True)

    class Meta:
        managed = False
        db_table = "tags"


class Article(models.Model):
    slug = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=limits.TITLE)
    description = models.CharField(max_length=limits.DESCRIPTION)
    body = models.TextField()
    created_at = InstantField()
    updated_at = InstantField()
    author = models.ForeignKey(User, models.DO_NOTHING, related_name="articles")
    tags = models.ManyToManyField(Tag, through="ArticleTag", related_name="articles")

    class Meta:
        managed = False
        db_table = "articles"

    def __str__(self) -> str:
        return str(self.title)


class ArticleTag(models.Model):
    article = models.ForeignKey(Article, models.DO_NOTHING)
    tag = models.ForeignKey(Tag, models.DO_NOTHING)
    position = models.IntegerField()
    created_at = InstantField()

    class Meta:
        managed = False
        db_table = "article_tags"


class Favorite(models.Model):
    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="favorites")
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="favorites")
    article_created_at = InstantField()

    class Meta:
        managed = False
        db_table = "favorites"


class Comment(models.Model):
    body = models.TextField()
    created_at = InstantField()
    updated_at = InstantField()
    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="comments")
    author = models.ForeignKey(User, models.DO_NOTHING, related_name="comments")

    class Meta:
        managed = False
        db_table = "comments"


class Change(models.Model):
    at = InstantField()
    username = models.CharField(max_length=limits.USERNAME)
    action = models.CharField(max_length=limits.ACTION)
    kind = models.CharField(max_length=limits.KIND)
    name = models.CharField(max_length=255)

    class Meta:
        managed = False
        db_table = "changes"

"""The tables as Django models, and the queries that belong to them.

*In Django* the models come first. Tables, migrations, forms and the admin are made from them. Queries that are used
more than once are methods of a ``QuerySet`` subclass, so they can be chained like ``filter``.

*Here* the same, but the migrations slot owns the tables, so the models have ``managed = False``. Foreign keys cascade
in the database for every ORM. ``models.CASCADE`` would do the same work in Python: Django would first read and delete
all rows that refer to a row. ``DO_NOTHING`` leaves it to the database, so ``delete()`` sends one statement. Django 6.1
adds ``DB_CASCADE`` for this.

*What it costs*: the tables are described twice, here and in the migrations. On SQLite, ``DateTimeField`` writes six
digits of a second, but none if they are all zero; such texts do not sort correctly, so ``InstantField`` always writes
six.

*Next*: :mod:`assembly_required.adapters.orm.django.store`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Count, Exists, OuterRef, Prefetch, Subquery, Value
from django.db.models.functions import Coalesce

from ....conduit import limits


class InstantField(models.DateTimeField):
    """A point in time. SQLite stores it as text with six digits of a second, so that it sorts as text."""

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if connection.vendor == "sqlite" and isinstance(value, datetime):
            return value.isoformat(sep=" ", timespec="microseconds")
        return super().get_db_prep_value(value, connection, prepared)


def is_followed(viewer_id: int | None, user: str) -> Exists | Value:
    """Return an expression: does the viewer follow the user whose id is in this column?"""
    if viewer_id is None:
        return Value(False)
    return Exists(Follow.objects.filter(follower=viewer_id, followed=OuterRef(user)))


def is_favorited(viewer_id: int | None) -> Exists | Value:
    """Return an expression: is the article one of the viewer's favorites?"""
    if viewer_id is None:
        return Value(False)
    return Exists(Favorite.objects.filter(user=viewer_id, article=OuterRef("pk")))


def count_favorites() -> Coalesce:
    """Return an expression: the number of users who have the article among their favorites."""
    # Count("favorites") would join all favorites and, on SQLite, group by every column.
    favorites = Favorite.objects.filter(article=OuterRef("pk")).values("article")
    return Coalesce(Subquery(favorites.annotate(count=Count("*")).values("count")), 0)


class UserQuerySet(models.QuerySet["User"]):
    def for_viewer(self, viewer_id: int | None) -> Self:
        """Add ``following``: whether the viewer follows the user."""
        return self.annotate(following=is_followed(viewer_id, "pk"))


class User(models.Model):
    username = models.CharField(max_length=limits.USERNAME, unique=True)
    email = models.CharField(max_length=limits.EMAIL, unique=True)
    password_hash = models.CharField(max_length=255)
    bio = models.CharField(max_length=limits.BIO, null=True)
    image = models.CharField(max_length=limits.IMAGE, null=True)
    confirmed_email = models.CharField(max_length=limits.EMAIL, null=True)
    token_generation = models.IntegerField(default=0)
    previous_email = models.CharField(max_length=limits.EMAIL, null=True)
    previous_email_until = InstantField(null=True)

    objects = UserQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "users"

    def __str__(self) -> str:
        return str(self.username)


class Session(models.Model):
    key_hash = models.CharField(max_length=64, unique=True)
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="sessions")
    signed_in_at = InstantField()
    expires_at = InstantField()

    class Meta:
        managed = False
        db_table = "sessions"


class Follow(models.Model):
    follower = models.ForeignKey(User, models.DO_NOTHING, related_name="follows")
    followed = models.ForeignKey(User, models.DO_NOTHING, related_name="followed_by")

    class Meta:
        managed = False
        db_table = "follows"
        constraints = [
            models.UniqueConstraint(fields=["follower", "followed"], name="uq_follows_follower_id_followed_id")
        ]


class Grant(models.Model):
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="grants")
    name = models.CharField(max_length=limits.GRANT)

    class Meta:
        managed = False
        db_table = "grants"
        constraints = [models.UniqueConstraint(fields=["user", "name"], name="uq_grants_user_id_name")]


class TagQuerySet(models.QuerySet["Tag"]):
    def in_use(self) -> Self:
        """Keep the tags that an article has."""
        return self.filter(Exists(ArticleTag.objects.filter(tag=OuterRef("pk"))))

    def get_or_create_all(self, names: Sequence[str]) -> "list[Tag]":
        """Return the tags with these names, in this order, and create the missing ones."""
        tags = self.in_bulk(names, field_name="name")
        # Everybody inserts in the same order. Otherwise two transactions could wait for each other's new tags.
        for name in sorted(set(names) - tags.keys()):
            tags[name], _ = self.get_or_create(name=name)
        return [tags[name] for name in names]


class Tag(models.Model):
    name = models.CharField(max_length=limits.TAG, unique=True)

    objects = TagQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "tags"

    def __str__(self) -> str:
        return str(self.name)


class ArticleQuerySet(models.QuerySet["Article"]):
    def for_viewer(self, viewer_id: int | None) -> Self:
        """Add the author, and ``favorited``, ``favorites_count`` and ``following`` (whether they follow the author)."""
        return self.select_related("author").annotate(
            favorited=is_favorited(viewer_id),
            favorites_count=count_favorites(),
            following=is_followed(viewer_id, "author"),
        )

    def with_tags(self) -> Self:
        """Load the tags of all articles with one more statement, in their order."""
        return self.prefetch_related(Prefetch("tags", queryset=Tag.objects.order_by("article_tags__position")))


class Article(models.Model):
    slug = models.CharField(max_length=255, unique=True)
    title = models.CharField(max_length=limits.TITLE)
    description = models.CharField(max_length=limits.DESCRIPTION)
    body = models.TextField()
    created_at = InstantField()
    updated_at = InstantField()
    author = models.ForeignKey(User, models.DO_NOTHING, related_name="articles")
    tags = models.ManyToManyField(Tag, through="ArticleTag", related_name="articles")

    objects = ArticleQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "articles"
        ordering = ["-created_at", "-id"]

    def __str__(self) -> str:
        return str(self.title)

    def set_tags(self, names: Sequence[str]) -> None:
        """Replace the tags. (``tags.set()`` does not store a position for each.)"""
        self.article_tags.all().delete()
        ArticleTag.objects.bulk_create(
            ArticleTag(article=self, tag=tag, position=position, created_at=self.created_at)
            for position, tag in enumerate(Tag.objects.get_or_create_all(names))
        )


class ArticleTag(models.Model):
    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="article_tags")
    tag = models.ForeignKey(Tag, models.DO_NOTHING, related_name="article_tags")
    position = models.IntegerField()
    created_at = InstantField()

    class Meta:
        managed = False
        db_table = "article_tags"
        constraints = [models.UniqueConstraint(fields=["article", "tag"], name="uq_article_tags_article_id_tag_id")]


class Favorite(models.Model):
    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="favorites")
    user = models.ForeignKey(User, models.DO_NOTHING, related_name="favorites")
    article_created_at = InstantField()

    class Meta:
        managed = False
        db_table = "favorites"
        constraints = [models.UniqueConstraint(fields=["article", "user"], name="uq_favorites_article_id_user_id")]


class CommentQuerySet(models.QuerySet["Comment"]):
    def for_viewer(self, viewer_id: int | None) -> Self:
        """Add the author, and ``following``: whether the viewer follows them."""
        return self.select_related("author").annotate(following=is_followed(viewer_id, "author"))


class Comment(models.Model):
    body = models.TextField()
    created_at = InstantField()
    updated_at = InstantField()
    article = models.ForeignKey(Article, models.DO_NOTHING, related_name="comments")
    author = models.ForeignKey(User, models.DO_NOTHING, related_name="comments")

    objects = CommentQuerySet.as_manager()

    class Meta:
        managed = False
        db_table = "comments"
        ordering = ["id"]


class Change(models.Model):
    at = InstantField()
    username = models.CharField(max_length=limits.USERNAME)
    action = models.CharField(max_length=limits.ACTION)
    kind = models.CharField(max_length=limits.KIND)
    name = models.CharField(max_length=255)

    class Meta:
        managed = False
        db_table = "changes"

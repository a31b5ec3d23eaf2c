"""The tables as peewee models.

*In Django* a model is a subclass of ``models.Model`` with fields and an inner class ``Meta``.

*Here* it is nearly the same: peewee's models are modelled on Django's. ``Meta.database`` is a proxy to the database of
the current app, so one set of models serves any number of apps. The migrations own the schema; a test creates these
models' tables in an empty database and compares.

*What it costs*: each table is described twice, because peewee does not generate migrations. (``python -m pwiz`` writes
models from a database.) Checks and the names of constraints are in the migrations only.

*Next*: :mod:`assembly_required.adapters.orm.peewee.store`.
"""

from datetime import datetime
from typing import Any

from flask import current_app
from peewee import AutoField, CharField, DateTimeField, ForeignKeyField, IntegerField, Model, TextField
from werkzeug.local import LocalProxy

from ....conduit import limits

EXTENSION = "peewee"
"""The key of an app's database in ``app.extensions``."""

database: Any = LocalProxy(lambda: current_app.extensions[EXTENSION])


class InstantField(DateTimeField):
    """A naive UTC time, stored in SQLite as text that always has six digits of a second.

    A ``DateTimeField`` omits the digits when they are zero. Texts written by other ORMs would then not be equal.
    """

    def db_value(self, value: Any) -> Any:
        return value.isoformat(sep=" ", timespec="microseconds") if isinstance(value, datetime) else value

    def python_value(self, value: Any) -> Any:
        return datetime.fromisoformat(value) if isinstance(value, str) else value


class Base(Model):
    id = AutoField()

    class Meta:
        database = database


class User(Base):
    username = CharField(limits.USERNAME, unique=True)
    email = CharField(limits.EMAIL, unique=True)
    password_hash = CharField(255)
    bio = CharField(limits.BIO, null=True)
    image = CharField(limits.IMAGE, null=True)
    confirmed_email = CharField(limits.EMAIL, null=True)
    token_generation = IntegerField(default=0)
    previous_email = CharField(limits.EMAIL, null=True)
    previous_email_until = InstantField(null=True)

    following: bool  # selected by a query

    class Meta:
        table_name = "users"


class Session(Base):
    key_hash = CharField(64, unique=True)
    user = ForeignKeyField(User, backref="sessions", on_delete="CASCADE")
    signed_in_at = InstantField()
    expires_at = InstantField(index=True)

    class Meta:
        table_name = "sessions"


class Follow(Base):
    follower = ForeignKeyField(User, backref="follows", on_delete="CASCADE", index=False)
    followed = ForeignKeyField(User, backref="followers", on_delete="CASCADE")

    class Meta:
        table_name = "follows"
        indexes = ((("follower", "followed"), True),)


class Grant(Base):
    user = ForeignKeyField(User, backref="grants", on_delete="CASCADE", index=False)
    name = CharField(limits.GRANT)

    class Meta:
        table_name = "grants"
        indexes = ((("user", "name"), True),)


class Tag(Base):
    name = CharField(limits.TAG, unique=True)

    class Meta:
        table_name = "tags"


class Article(Base):
    slug = CharField(255, unique=True)
    title = CharField(limits.TITLE)
    description = CharField(limits.DESCRIPTION)
    body = TextField()
    created_at = InstantField()
    updated_at = InstantField()
    author = ForeignKeyField(User, backref="articles", on_delete="CASCADE", index=False)

    tags: Any  # the backref of ArticleTag.article
    favorited: bool  # selected by a query, like the next one
    favorites_count: int

    class Meta:
        table_name = "articles"
        indexes = ((("created_at", "id"), False), (("author", "created_at", "id"), False))


class ArticleTag(Base):
    article = ForeignKeyField(Article, backref="tags", on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, backref="articles", on_delete="CASCADE", index=False)
    position = IntegerField()
    created_at = InstantField()

    class Meta:
        table_name = "article_tags"
        indexes = ((("article", "tag"), True), (("tag", "created_at", "article"), False))


class Favorite(Base):
    article = ForeignKeyField(Article, backref="favorites", on_delete="CASCADE", index=False)
    user = ForeignKeyField(User, backref="favorites", on_delete="CASCADE", index=False)
    article_created_at = InstantField()

    class Meta:
        table_name = "favorites"
        indexes = ((("article", "user"), True), (("user", "article_created_at", "article"), False))


class Comment(Base):
    body = TextField()
    created_at = InstantField()
    updated_at = InstantField()
    article = ForeignKeyField(Article, backref="comments", on_delete="CASCADE", index=False)
    author = ForeignKeyField(User, backref="comments", on_delete="CASCADE")

    class Meta:
        table_name = "comments"
        indexes = ((("article", "id"), False),)


class Change(Base):
    at = InstantField()
    username = CharField(limits.USERNAME)
    action = CharField(limits.ACTION)
    kind = CharField(limits.KIND)
    name = CharField(255)

    class Meta:
        table_name = "changes"

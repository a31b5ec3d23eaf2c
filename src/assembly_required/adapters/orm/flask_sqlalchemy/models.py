"""The entities: tables and relationships, as SQLAlchemy's declarative mapping describes them.

*In Django* ``models.Model`` with fields. ``ForeignKey`` gives ``article.author``, and ``ManyToManyField(through=...)``
gives ``article.tags``. The table and the migration follow from the class.

*Here* the 2.0 style: ``Mapped[str]`` is a type for mypy and a column for the database at once, and ``relationship``
connects two classes. The rows in between carry data of their own (the position of a tag), so ``article_tags`` is an
*association object*: an article's ``taggings`` are written, its ``tags`` are read. ``favorites_count`` is a
``column_property``, a subquery that is loaded like a column. What depends on the viewer is no property of an article,
and so it is not mapped. The database deletes what belongs to a deleted row (``ON DELETE CASCADE``), so
``passive_deletes`` keeps the session from loading and deleting it too.

*What it costs*: the schema is described twice, here and in the migrations. ``flask db migrate`` writes the second
description from the first, and a test compares them. mypy cannot follow ``db.Model``, a class that ``SQLAlchemy()``
makes.

*Next*: :mod:`assembly_required.adapters.orm.flask_sqlalchemy.store`.
"""

from datetime import datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, String, Text, UniqueConstraint, func, select, text
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship

from ....conduit import limits

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name, so that migrations can drop it and errors can be recognized by it."""

AUTOINCREMENT = {"sqlite_autoincrement": True}
"""Without AUTOINCREMENT SQLite reuses deleted ids, so a new user could inherit an old token."""


class Base(DeclarativeBase):
    """The base of the models. With ``MappedAsDataclass``, Flask-SQLAlchemy 3.1 fails on SQLAlchemy 2.1."""

    metadata = MetaData(naming_convention=NAMING)


db = SQLAlchemy(model_class=Base, disable_autonaming=True)


def filled(column: str, maximum: int) -> CheckConstraint:
    """Check that a text is neither empty nor too long. The database keeps the limits for every other client too."""
    return CheckConstraint(f"length({column}) BETWEEN 1 AND {maximum}", name=column)


def short(column: str, maximum: int) -> CheckConstraint:
    """Check that a text is not too long; it may be empty."""
    return CheckConstraint(f"length({column}) <= {maximum}", name=column)


def references(column: str, **options: Any) -> Mapped[int]:
    """A foreign key whose row is deleted together with the row it refers to."""
    return mapped_column(ForeignKey(column, ondelete="CASCADE"), **options)


class User(db.Model):
    __tablename__ = "users"
    __table_args__ = (
        filled("username", limits.USERNAME),
        filled("email", limits.EMAIL),
        short("bio", limits.BIO),
        short("image", limits.IMAGE),
        AUTOINCREMENT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(limits.USERNAME), unique=True)
    email: Mapped[str] = mapped_column(String(limits.EMAIL), unique=True)
    password_hash: Mapped[str] = mapped_column(String(255))
    bio: Mapped[str | None] = mapped_column(String(limits.BIO))
    image: Mapped[str | None] = mapped_column(String(limits.IMAGE))
    confirmed_email: Mapped[str | None] = mapped_column(String(limits.EMAIL))
    token_generation: Mapped[int] = mapped_column(default=0, server_default=text("0"))
    previous_email: Mapped[str | None] = mapped_column(String(limits.EMAIL))
    previous_email_until: Mapped[datetime | None]


class BrowserSession(db.Model):
    """A browser in which a user is signed in. It is not SQLAlchemy's ``Session``."""

    __tablename__ = "sessions"
    __table_args__ = AUTOINCREMENT

    id: Mapped[int] = mapped_column(primary_key=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = references("users.id", index=True)
    signed_in_at: Mapped[datetime]
    expires_at: Mapped[datetime] = mapped_column(index=True)

    user: Mapped[User] = relationship()


class Follow(db.Model):
    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("follower_id", "followed_id"), AUTOINCREMENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = references("users.id")
    followed_id: Mapped[int] = references("users.id", index=True)


class Grant(db.Model):
    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("user_id", "name"), filled("name", limits.GRANT), AUTOINCREMENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = references("users.id")
    name: Mapped[str] = mapped_column(String(limits.GRANT))


class Tag(db.Model):
    __tablename__ = "tags"
    __table_args__ = (filled("name", limits.TAG), AUTOINCREMENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.TAG), unique=True)


class Tagging(db.Model):
    """A tag of an article. ``created_at`` copies the article's, so that one index gives a page of a tag's articles."""

    __tablename__ = "article_tags"
    __table_args__ = (
        UniqueConstraint("article_id", "tag_id"),
        Index(None, "tag_id", "created_at", "article_id"),
        AUTOINCREMENT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = references("articles.id")
    tag_id: Mapped[int] = references("tags.id")
    position: Mapped[int]
    created_at: Mapped[datetime]

    tag: Mapped[Tag] = relationship()


class Favorite(db.Model):
    """A user's favorite article. ``article_created_at`` copies the article's ``created_at``, as in :class:`Tagging`."""

    __tablename__ = "favorites"
    __table_args__ = (
        UniqueConstraint("article_id", "user_id"),
        Index(None, "user_id", "article_created_at", "article_id"),
        AUTOINCREMENT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = references("articles.id")
    user_id: Mapped[int] = references("users.id")
    article_created_at: Mapped[datetime]

    user: Mapped[User] = relationship()


class Article(db.Model):
    __tablename__ = "articles"
    __table_args__ = (
        filled("title", limits.TITLE),
        filled("description", limits.DESCRIPTION),
        filled("body", limits.BODY),
        Index(None, "created_at", "id"),
        Index(None, "author_id", "created_at", "id"),
        AUTOINCREMENT,
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(255), unique=True)
    title: Mapped[str] = mapped_column(String(limits.TITLE))
    description: Mapped[str] = mapped_column(String(limits.DESCRIPTION))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    author_id: Mapped[int] = references("users.id")

    author: Mapped[User] = relationship()
    taggings: Mapped[list[Tagging]] = relationship(
        order_by=Tagging.position,
        collection_class=ordering_list("position"),
        cascade="all, delete-orphan",
        passive_deletes=True,
    )
    tags: Mapped[list[Tag]] = relationship(secondary="article_tags", order_by=Tagging.position, viewonly=True)
    favorites_count: Mapped[int] = column_property(
        select(func.count()).where(Favorite.article_id == id).correlate_except(Favorite).scalar_subquery(),
        deferred=True,
        raiseload=True,
    )


class Comment(db.Model):
    __tablename__ = "comments"
    __table_args__ = (filled("body", limits.COMMENT), Index(None, "article_id", "id"), AUTOINCREMENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]
    article_id: Mapped[int] = references("articles.id")
    author_id: Mapped[int] = references("users.id", index=True)

    author: Mapped[User] = relationship()
    article: Mapped[Article] = relationship()


class Change(db.Model):
    __tablename__ = "changes"
    __table_args__ = AUTOINCREMENT

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    username: Mapped[str] = mapped_column(String(limits.USERNAME))
    action: Mapped[str] = mapped_column(String(limits.ACTION))
    kind: Mapped[str] = mapped_column(String(limits.KIND))
    name: Mapped[str] = mapped_column(String(255))

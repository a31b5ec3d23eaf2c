"""The tables, as SQLAlchemy's declarative mapping describes them.

*In Django* ``models.Model`` with fields; the table follows from the class, and so does the migration.

*Here* the 2.0 style: ``Mapped[str]`` is a type for mypy and a column for the database at once. The schema is owned by
the migrations, and a test holds these classes against it. Deleting goes by ``ON DELETE CASCADE`` in the database
(``passive_deletes``), so that it holds for every ORM and for SQL by hand.

*What it costs*: two descriptions of one table. ``flask alembic migrate`` writes the second from the first.

*Next*: :mod:`assembly_required.adapters.orm.flask_sqlalchemy.store`.
"""

from datetime import datetime
from typing import Any

from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import CheckConstraint, ForeignKey, Index, MetaData, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

from ....conduit import limits

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
"""Every constraint has a name: what has none cannot be dropped by a later migration, nor recognised in an error."""

AUTOINCREMENT = {"sqlite_autoincrement": True}
"""Without it SQLite gives the id of the last row, once deleted, to the next: and a user his predecessor's token."""


class Base(DeclarativeBase):
    """A plain base: with ``MappedAsDataclass``, Flask-SQLAlchemy 3.1 fails on SQLAlchemy 2.1."""

    metadata = MetaData(naming_convention=NAMING)


# Reads ask for columns, so no entity has to expire when a transaction ends: writes are 1.5 times faster.
db = SQLAlchemy(model_class=Base, disable_autonaming=True, session_options={"expire_on_commit": False})


def filled(column: str, maximum: int) -> CheckConstraint:
    """The database keeps the limits too: somebody will write to it by other ways."""
    return CheckConstraint(f"length({column}) BETWEEN 1 AND {maximum}", name=column)


def short(column: str, maximum: int) -> CheckConstraint:
    """The same for a column that may be empty."""
    return CheckConstraint(f"length({column}) <= {maximum}", name=column)


def references(column: str, **options: Any) -> Mapped[int]:
    """A foreign key that goes when the other row goes."""
    return mapped_column(ForeignKey(column, ondelete="CASCADE"), **options)


class User(Base):
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


class Follow(Base):
    __tablename__ = "follows"
    __table_args__ = (UniqueConstraint("follower_id", "followed_id"), AUTOINCREMENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    follower_id: Mapped[int] = references("users.id")
    followed_id: Mapped[int] = references("users.id", index=True)


class Grant(Base):
    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("user_id", "name"), filled("name", limits.GRANT), AUTOINCREMENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    user_id: Mapped[int] = references("users.id")
    name: Mapped[str] = mapped_column(String(limits.GRANT))


class Tag(Base):
    __tablename__ = "tags"
    __table_args__ = (filled("name", limits.TAG), AUTOINCREMENT)

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(limits.TAG), unique=True)


class Article(Base):
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
    tags: Mapped[list["ArticleTag"]] = relationship(back_populates="article", passive_deletes=True)


class ArticleTag(Base):
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

    article: Mapped[Article] = relationship(back_populates="tags")
    tag: Mapped[Tag] = relationship()


class Favorite(Base):
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


class Comment(Base):
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


class Change(Base):
    __tablename__ = "changes"
    __table_args__ = AUTOINCREMENT

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    username: Mapped[str] = mapped_column(String(limits.USERNAME))
    action: Mapped[str] = mapped_column(String(limits.ACTION))
    kind: Mapped[str] = mapped_column(String(limits.KIND))
    name: Mapped[str] = mapped_column(String(255))

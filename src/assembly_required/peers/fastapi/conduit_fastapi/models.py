"""The entities."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Index,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    func,
    select,
)
from sqlalchemy.ext.orderinglist import ordering_list
from sqlalchemy.orm import DeclarativeBase, Mapped, column_property, mapped_column, relationship

from . import limits


class Moment(TypeDecorator[datetime]):
    """A time in UTC. SQLite stores no time zone, so it is added when a row is read."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)

    @staticmethod
    def parse(text: str) -> datetime:
        moment = datetime.fromisoformat(text)
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def now() -> datetime:
    return datetime.now(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


follows = Table(
    "follows",
    Base.metadata,
    Column("follower_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("followed_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, index=True),
)

favorites = Table(
    "favorites",
    Base.metadata,
    Column("user_id", ForeignKey("users.id", ondelete="CASCADE"), primary_key=True),
    Column("article_id", ForeignKey("articles.id", ondelete="CASCADE"), primary_key=True, index=True),
)


class User(Base):
    """An account.

    ``token_generation`` is part of each token. Raising it ends all tokens that were issued before.
    """

    __tablename__ = "users"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    username: Mapped[str] = mapped_column(String(limits.USERNAME), unique=True)
    email: Mapped[str] = mapped_column(String(limits.EMAIL), unique=True)
    password_hash: Mapped[str]
    bio: Mapped[str | None] = mapped_column(String(limits.BIO))
    image: Mapped[str | None] = mapped_column(String(limits.IMAGE))
    token_generation: Mapped[int] = mapped_column(default=0)


class ArticleTag(Base):
    """One tag of one article, at its place."""

    __tablename__ = "article_tags"
    __table_args__ = (UniqueConstraint("article_id", "name"), Index(None, "name", "article_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"))
    position: Mapped[int]
    name: Mapped[str] = mapped_column(String(limits.TAG))

    def __init__(self, name: str) -> None:
        super().__init__(name=name)


class Article(Base):
    __tablename__ = "articles"
    __table_args__ = (Index(None, "created_at", "id"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(limits.SLUG), unique=True)
    title: Mapped[str] = mapped_column(String(limits.TITLE))
    description: Mapped[str] = mapped_column(String(limits.DESCRIPTION))
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)

    author: Mapped[User] = relationship()
    tags: Mapped[list[ArticleTag]] = relationship(
        order_by=ArticleTag.position,
        collection_class=ordering_list("position"),
        cascade="all, delete-orphan",
        passive_deletes=True,
    )

    favorites_count: Mapped[int] = column_property(
        select(func.count())
        .select_from(favorites)
        .where(favorites.c.article_id == id)
        .correlate_except(favorites)
        .scalar_subquery()
    )

    @property
    def tag_list(self) -> list[str]:
        return [tag.name for tag in self.tags]

    def change(self, values: Mapping[str, Any]) -> None:
        """Set columns, and the tags from ``tag_list`` if given. The time of the last change always moves."""
        for field, value in values.items():
            if field == "tag_list":
                self.replace_tags(value)
            else:
                setattr(self, field, value)
        self.updated_at = max(now(), self.updated_at + timedelta(microseconds=1))

    def replace_tags(self, names: Sequence[str]) -> None:
        """Keep the rows of the tags that stay: SQLAlchemy inserts before it deletes, and an article has a tag once."""
        known = {tag.name: tag for tag in self.tags}
        self.tags[:] = [known.get(name) or ArticleTag(name) for name in names]
        for position, tag in enumerate(self.tags):
            tag.position = position


class Comment(Base):
    __tablename__ = "comments"
    __table_args__ = {"sqlite_autoincrement": True}

    id: Mapped[int] = mapped_column(primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime] = mapped_column(Moment, default=now)
    article_id: Mapped[int] = mapped_column(ForeignKey("articles.id", ondelete="CASCADE"), index=True)
    author_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)

    author: Mapped[User] = relationship()

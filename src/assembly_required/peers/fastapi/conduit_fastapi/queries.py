"""The statements. They know no session, so the synchronous and the asynchronous app run the same ones."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Delete, Insert, Select, delete, func, insert, select
from sqlalchemy.orm import defer, joinedload, selectinload

from . import schemas
from .models import Article, ArticleTag, Comment, User, favorites, follows

WITH_RELATIONS = (joinedload(Article.author), selectinload(Article.tags))


def user_by_email(email: str) -> Select[User]:
    return select(User).where(User.email == email)


def user_by_username(username: str) -> Select[User]:
    return select(User).where(User.username == username)


def article_by_slug(slug: str) -> Select[Article]:
    return (
        select(Article).where(Article.slug == slug).options(*WITH_RELATIONS).execution_options(populate_existing=True)
    )


def filtered(wanted: schemas.ArticleFilter) -> Select[Article]:
    """The articles that match all filters."""
    statement = select(Article)
    if wanted.tag is not None:
        statement = statement.join(ArticleTag).where(ArticleTag.name == wanted.tag)
    if wanted.author is not None:
        statement = statement.join(Article.author).where(User.username == wanted.author)
    if wanted.favorited is not None:
        fan = select(User.id).where(User.username == wanted.favorited).scalar_subquery()
        statement = statement.join(favorites, favorites.c.article_id == Article.id).where(favorites.c.user_id == fan)
    return statement


def feed(viewer: User) -> Select[Article]:
    """The articles of the authors whom the viewer follows."""
    return (
        select(Article)
        .join(follows, follows.c.followed_id == Article.author_id)
        .where(follows.c.follower_id == viewer.id)
    )


def page(statement: Select[Article], wanted: schemas.Page) -> Select[Article]:
    """One page, newest first, without the bodies."""
    newest = statement.order_by(Article.created_at.desc(), Article.id.desc())
    return newest.limit(wanted.limit).offset(wanted.offset).options(*WITH_RELATIONS, defer(Article.body))


def count(statement: Select[Any]) -> Select[int]:
    """The number of rows. No join gives an article twice."""
    return statement.with_only_columns(func.count(), maintain_column_froms=True)


def comments_on(article: Article) -> Select[Comment]:
    return (
        select(Comment).where(Comment.article_id == article.id).order_by(Comment.id).options(joinedload(Comment.author))
    )


def comment_on(article: Article, id: int) -> Select[Comment]:
    return comments_on(article).where(Comment.id == id)


def favorite_ids(viewer: User, articles: Iterable[Article]) -> Select[int]:
    """Which of the articles the viewer has marked as favorites."""
    ids = [article.id for article in articles]
    return select(favorites.c.article_id).where(favorites.c.user_id == viewer.id, favorites.c.article_id.in_(ids))


def followed_ids(viewer: User, users: Iterable[User]) -> Select[int]:
    """Which of the users the viewer follows."""
    ids = {user.id for user in users}
    return select(follows.c.followed_id).where(follows.c.follower_id == viewer.id, follows.c.followed_id.in_(ids))


def all_tags() -> Select[str]:
    return select(ArticleTag.name).distinct().order_by(ArticleTag.name)


def add_follow(viewer: User, followed: User) -> Insert:
    return insert(follows).values(follower_id=viewer.id, followed_id=followed.id)


def remove_follow(viewer: User, followed: User) -> Delete:
    return delete(follows).where(follows.c.follower_id == viewer.id, follows.c.followed_id == followed.id)


def add_favorite(viewer: User, article: Article) -> Insert:
    return insert(favorites).values(user_id=viewer.id, article_id=article.id)


def remove_favorite(viewer: User, article: Article) -> Delete:
    return delete(favorites).where(favorites.c.user_id == viewer.id, favorites.c.article_id == article.id)

"""Entities as the viewer sees them."""

from collections.abc import Collection
from dataclasses import dataclass

from . import schemas
from .models import Article, Comment, User


@dataclass(frozen=True)
class Marks:
    """The ids of what the viewer likes and follows, among the objects of one response."""

    favorites: Collection[int] = ()
    followed: Collection[int] = ()


def present_user(user: User, token: str) -> schemas.UserResponse:
    shown = schemas.User(username=user.username, email=user.email, bio=user.bio, image=user.image, token=token)
    return schemas.UserResponse(user=shown)


def present_profile(user: User, marks: Marks) -> schemas.Profile:
    return schemas.Profile(username=user.username, bio=user.bio, image=user.image, following=user.id in marks.followed)


def present_summary(article: Article, marks: Marks) -> schemas.ArticleSummary:
    return schemas.ArticleSummary(**show(article, marks))


def present_article(article: Article, marks: Marks) -> schemas.ArticleResponse:
    return schemas.ArticleResponse(article=schemas.Article(**show(article, marks), body=article.body))


def show(article: Article, marks: Marks) -> dict[str, object]:
    return {
        "slug": article.slug,
        "title": article.title,
        "description": article.description,
        "tag_list": article.tag_list,
        "created_at": article.created_at,
        "updated_at": article.updated_at,
        "favorited": article.id in marks.favorites,
        "favorites_count": article.favorites_count,
        "author": present_profile(article.author, marks),
    }


def present_comment(comment: Comment, marks: Marks) -> schemas.Comment:
    return schemas.Comment(
        id=comment.id,
        body=comment.body,
        created_at=comment.created_at,
        updated_at=comment.created_at,
        author=present_profile(comment.author, marks),
    )

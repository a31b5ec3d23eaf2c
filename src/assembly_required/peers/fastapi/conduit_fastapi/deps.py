"""What operations ask for: a session, the caller, the objects that the path names."""

from typing import Annotated

from fastapi import Depends, Path
from fastapi.concurrency import run_in_threadpool
from sqlalchemy.orm import Session

from . import crud, limits, schemas
from .caller import ClaimsDep, check_storable
from .database import get_session
from .errors import forbidden, token_invalid, token_missing
from .models import Article, Comment, User

SessionDep = Annotated[Session, Depends(get_session)]


async def get_viewer(claims: ClaimsDep, session: SessionDep) -> User | None:
    """Return who reads, or ``None`` for a visitor. Only a reader costs a turn in a thread."""
    if claims is None:
        return None
    user = await run_in_threadpool(session.get, User, claims.user_id)
    if user is None or user.token_generation != claims.generation:
        raise token_invalid()
    return user


ViewerDep = Annotated[User | None, Depends(get_viewer)]


async def get_current_user(viewer: ViewerDep) -> User:
    if viewer is None:
        raise token_missing()
    return viewer


CurrentUser = Annotated[User, Depends(get_current_user)]


def get_profile(session: SessionDep, viewer: ViewerDep, username: str) -> User:
    return crud.get_profile(session, schemas.normalize(check_storable(username, "profile")))


ProfileDep = Annotated[User, Depends(get_profile)]


def get_article(session: SessionDep, viewer: ViewerDep, slug: str) -> Article:
    return crud.get_article(session, check_storable(slug, "article"))


ArticleDep = Annotated[Article, Depends(get_article)]


async def get_own_article(article: ArticleDep, user: CurrentUser) -> Article:
    if article.author_id != user.id:
        raise forbidden("article")
    return article


OwnArticle = Annotated[Article, Depends(get_own_article)]


def get_own_comment(
    session: SessionDep,
    article: ArticleDep,
    user: CurrentUser,
    id: Annotated[int, Path(ge=0, le=limits.BIGINT)],
) -> Comment:
    comment = crud.get_comment(session, article, id)
    if comment.author_id != user.id:
        raise forbidden("comment")
    return comment


OwnComment = Annotated[Comment, Depends(get_own_comment)]
